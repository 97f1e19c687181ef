### Tamil. unreviewed: no native speaker has read this file yet.
### What is missing here is said in English.

## Greeting (unreviewed)

start =
    வணக்கம்! 👋 பள்ளி மாணவர்கள் வேலைகள் பற்றிக் கேட்கும் கேள்விகளுக்கு நான் பதில் சொல்கிறேன்.
    எப்போது வேண்டுமானாலும் உங்கள் சொந்த வார்த்தைகளில் ஒரு கேள்வி எழுதுங்கள்.
start-can-do =
    - வேலையில் ஒவ்வொரு நாளும் என்ன செய்வார்கள்
    - அது உங்களுக்குப் பொருந்துமா
    - இலவசமாக, படிப்படியாக எப்படித் தொடங்குவது
greeting = { $variant ->
    [0] வணக்கம்! 👋 ஒரு வேலையைப் பற்றி என்ன தெரிந்துகொள்ள வேண்டும்?
    [1] ஹாய்! நீங்கள் வந்தது மகிழ்ச்சி. வேலைகள் பற்றி எதையும் கேளுங்கள்.
   *[other] வணக்கம்! 👋 இன்று என்ன தெரிந்துகொள்ள விரும்புகிறீர்கள்?
}

## Example questions (unreviewed)

example-overview = { $career } என்ன வேலை செய்வார்?
example-pay = சம்பளம் எப்படி?
example-roadmap = நான் எப்படித் தொடங்குவது?

## Another career (unreviewed)

unknown-role = { $career }: நல்ல கேள்வி. அந்த வேலையைப் பற்றி எனக்கு இன்னும் தெரியாது, அதனால் ஊகித்துச் சொல்ல மாட்டேன். எனக்குத் தெரிந்தவை:
unknown-role-unnamed = அந்த வேலையைப் பற்றி எனக்கு இன்னும் தெரியாது, அதனால் ஊகித்துச் சொல்ல மாட்டேன். எனக்குத் தெரிந்தவை:

## When several messages came in a row (unreviewed)

also-asked = நீங்கள் இவற்றையும் கேட்டீர்கள்:
also-unknown = { $career }: அந்த வேலையைப் பற்றி எனக்கு இன்னும் தெரியாது.

## Off topic (unreviewed)

off-topic =
    அது எனக்குத் தெரிந்த விஷயம் இல்லை. எனக்கு வேலைகள் பற்றி மட்டுமே தெரியும்.
    இப்படி ஒன்றைக் கேளுங்கள்:

## Not understood (unreviewed)

not-understood =
    மன்னிக்கவும், எனக்கு அது புரியவில்லை.
    வேறு வார்த்தைகளில் கேளுங்கள், அல்லது கீழே ஒன்றை அழுத்துங்கள்.

## Under an answer that is in English only (unreviewed)

only-english = இந்தப் பதில் இப்போதைக்கு ஆங்கிலத்தில் மட்டுமே உள்ளது.

## What came without words (unreviewed)

attached-picture =
    என்னால் படங்கள், வீடியோக்களைப் பார்க்க முடியாது. நான் வார்த்தைகளை மட்டுமே வாசிப்பேன்.
    உங்கள் கேள்வியை வார்த்தைகளில் எழுதுங்கள், அல்லது கீழே ஒன்றை அழுத்துங்கள்.
attached-voice =
    என்னால் குரல் செய்திகளைக் கேட்க முடியாது. நான் வார்த்தைகளை மட்டுமே வாசிப்பேன்.
    உங்கள் கேள்வியை வார்த்தைகளில் எழுதுங்கள், அல்லது கீழே ஒன்றை அழுத்துங்கள்.
attached-whereabouts =
    நீங்கள் இருக்கும் இடம், முகவரி, தொலைபேசி எண் எதுவும் எனக்குத் தேவையில்லை. அவற்றில் எதையும் நான் வைத்துக்கொள்ளவில்லை. அந்தச் செய்தியை நீங்கள் அழிக்கலாம்.
    ஒரு வேலையைப் பற்றிக் கேள்வி எழுதுங்கள், அல்லது கீழே ஒன்றை அழுத்துங்கள்.
attached-sticker =
    அழகாக இருக்கிறது! 🙂 என்னால் ஸ்டிக்கரில் பதில் சொல்ல முடியாது, வார்த்தைகளில் முடியும்.
    ஒரு வேலையைப் பற்றிக் கேள்வி எழுதுங்கள், அல்லது கீழே ஒன்றை அழுத்துங்கள்.
attached-other =
    என்னால் அதைத் திறக்க முடியாது. நான் வார்த்தைகளை மட்டுமே வாசிப்பேன்.
    உங்கள் கேள்வியை வார்த்தைகளில் எழுதுங்கள், அல்லது கீழே ஒன்றை அழுத்துங்கள்.

## When something broke (unreviewed)

failed = மன்னிக்கவும், என் பக்கத்தில் ஏதோ தவறு நடந்தது. அது உங்கள் தவறு இல்லை. ஒரு நிமிடம் கழித்து மீண்டும் கேளுங்கள்.

## In a group and in other chats (unreviewed)

ask-in-group =
    நான் வேலைகள் பற்றிய கேள்விகளுக்குப் பதில் சொல்கிறேன். குழுவில் என்னிடம் இப்படிக் கேளுங்கள்:
    - /ask { $example }
    - அல்லது என் செய்தி ஒன்றுக்கு reply செய்து உங்கள் கேள்வியை எழுதுங்கள்
more-room = தனிப்பட்ட உரையாடலில் என்னால் இன்னும் சொல்ல முடியும்.
button-private = தனியாகக் கேள்
button-more-in-private = இதைப் பற்றி மேலும், தனியாக
button-ask-yourself = நீங்களும் என்னிடம் கேளுங்கள்

## Distress (unreviewed)

button-erase = இந்தச் செய்திகளை அழி
button-misread = நான் சொல்ல வந்தது அது இல்லை
erase-by-hand = என்னால் அதை இனி அழிக்க முடியாது. செய்தியை நீண்ட நேரம் அழுத்துங்கள், பிறகு Delete என்பதை அழுத்துங்கள்.
erased-toast = அழித்தாயிற்று.
misread =
    சரி, அப்படியென்றால் நான் பிழையாக விளங்கிக்கொண்டேன். மன்னிக்கவும்!
    வேறு வார்த்தைகளில் கேளுங்கள், அல்லது கீழே ஒன்றை அழுத்துங்கள்.

## Names of functions, on buttons (unreviewed)

function-ask = கேள்வி கேள்
function-roles = வேலைகள்
function-duties = தினமும் செய்யும் வேலை
function-resources = இலவசமாகக் கற்க
function-next-step = என் அடுத்த step
function-mark-done = Step முடிந்தது
function-skip-step = ஒரு step-ஐ skip செய்
function-know-step = எனக்கு முன்பே தெரியும்
function-undo = திரும்ப எடு (undo)
function-progress = என் progress
function-start-again = முதலிலிருந்து தொடங்கு
function-nudge-set = தினமும் நினைவூட்டு
function-nudge-stop = நினைவூட்டலை நிறுத்து
function-start = தொடங்கு
function-help = உதவி
function-parents = பெற்றோருக்கு
function-about-bot = இந்த bot பற்றி
function-export = என் data-வைத் தா
function-forget-me = என்னை மறந்துவிடு
function-greeting = வணக்கம் சொல்
function-thanks = நன்றி சொல்

## What each command does: a line in the help (unreviewed)

help-ask = கேள்வி கேட்க, இப்படி: '/ask நான் எப்படித் தொடங்குவது?'
help-roles = எனக்குத் தெரிந்த வேலைகள்
help-duties = வேலையில் ஒவ்வொரு நாளும் என்ன செய்வார்கள்
help-roadmap = எப்படித் தொடங்குவது, படிப்படியாக
help-resources = இலவசமாகக் கற்க உதவுபவை
help-next-step = இப்போது செய்ய ஒரு விஷயம்
help-mark-done = ஒரு step முடிந்தது என்று mark செய்ய: '/done python'
help-skip-step = ஒரு step-ஐ skip செய்ய: '/skip python'
help-know-step = உங்களுக்கு முன்பே தெரிந்த step-கள்: '/know python'
help-undo = கடைசியாக mark செய்ததைத் திரும்ப எடுக்க
help-progress = எவ்வளவு தூரம் வந்தீர்கள், படமாகவும்
help-start-again = roadmap-ஐ முதலிலிருந்து தொடங்க
help-settings = நீங்கள் தெரிவு செய்த வேலை, உங்கள் தரம், உங்களிடம் இருப்பது
help-nudge-set = தினமும் ஒரு சின்ன task, நீங்கள் சொல்லும் நேரத்தில்: '/nudge 7pm'
help-nudge-stop = தினசரி task-ஐ நிறுத்த அல்லது pause செய்ய
help-start = மீண்டும் தொடங்க
help-help = இந்தப் பட்டியல்
help-parents = பெற்றோருக்கு ஒரு பக்கம்
help-privacy = நான் எதை வைத்திருப்பேன், எவ்வளவு காலம்
help-about-bot = நான் யார்
help-export = உங்களைப் பற்றி நான் வைத்திருக்கும் எல்லாம், ஒரு file ஆக
help-forget-me = உங்களைப் பற்றி நான் வைத்திருக்கும் எல்லாவற்றையும் அழிக்க

help-title = என்னிடம் எப்படிக் கேட்பது
help-intro =
    உங்கள் கேள்வியை உங்கள் சொந்த வார்த்தைகளில் எழுதுங்கள். எழுத்துப் பிழை இருந்தாலும் பரவாயில்லை. தமிழ், சிங்களம், ஆங்கிலம் எதிலும் எழுதலாம்.
help-careers = வேலைகள் பற்றி
help-way = உங்கள் பாதை
help-bot = என்னைப் பற்றி

## Names of the sides of a career, on buttons (unreviewed)

facet-overview = அது என்ன?
facet-duties = தினமும் செய்யும் வேலை
facet-resources = இலவசமாகக் கற்க
facet-fit = எனக்குப் பொருந்துமா?
facet-pay = சம்பளம்
facet-employers = யார் வேலை தருவார்கள்?
facet-fundamentals = அடிப்படைகள்

## Other buttons (unreviewed)

button-helpful = உதவியது 👍
button-unhelpful = உதவவில்லை 👎
button-back = ‹ பின்னால்
button-next = அடுத்தது ›
button-before = ‹ முந்தைய task
button-next-task = அடுத்த task ›
button-back-to-step = ‹ திரும்ப step-க்கு
button-tasks = { $count } சின்ன task ›
button-none = இவற்றில் எதுவும் இல்லை

## Steps and tasks (unreviewed)

step-why = ஏன் இது: { $why }
step-done = இப்படி ஆனதும் step முடிந்தது: { $done }
step-hours = மொத்தமாக { $least }-{ $most } மணித்தியாலம் அளவில் ஆகும்.
step-hours-exact = { $hours ->
    [one] மொத்தமாக { $hours } மணித்தியாலம் அளவில் ஆகும்.
   *[other] மொத்தமாக { $hours } மணித்தியாலம் அளவில் ஆகும்.
}
step-tasks = { $tasks } சின்ன task இருக்கிறது. அவற்றில் { $phone } task-க்கு போன் அல்லது தாள் மட்டும் போதும்.
task-title = { $count } task-களில் { $number } ஆவது: { $step }
task-minutes = { $minutes } நிமிடம் அளவில்.
task-phone = போன் அல்லது தாள் போதும்.
task-computer = கணினி வேண்டும்.
task-data-none = Mobile data தேவையில்லை.
task-data-little = கொஞ்சம் mobile data ஆகும்.
task-data-video = Video இருக்கிறது: முடிந்தால் Wi-Fi-இல் பாருங்கள்.
resource-cost = செலவு: { $cost }
resource-link = { $title } பார்

## When a question may mean several things (unreviewed)

choices = இவற்றில் ஒன்றைத்தான் கேட்டீர்களா?
none-of-these =
    மன்னிக்கவும், அப்படியென்றால் எனக்கு அது புரியவில்லை.
    வேறு வார்த்தைகளில் கேளுங்கள், அல்லது கீழே ஒன்றை அழுத்துங்கள்.

## When there is no answer (unreviewed)

wordless =
    எனக்கு வார்த்தைகளை வாசிப்பதுதான் நன்றாக வரும். 🙂
    ஒரு வேலையைப் பற்றிக் கேள்வி எழுதுங்கள், அல்லது கீழே ஒன்றை அழுத்துங்கள்.
unknown-command =
    அந்த command எனக்குத் தெரியாது. பரவாயில்லை!
    உங்கள் கேள்வியை எழுதுங்கள், கீழே ஒன்றை அழுத்துங்கள், அல்லது /help பாருங்கள்.
stale =
    அந்த button இப்போது வேலை செய்யாது. எதுவும் தொலையவில்லை.
    மீண்டும் கேளுங்கள், அல்லது கீழே ஒன்றை அழுத்துங்கள்.
stale-toast = அந்த button மிகப் பழையது. இதோ புதியவை.

## Whether an answer helped (unreviewed)

helpful-toast = நன்றி! தெரிந்துகொண்டது நல்லது.
unhelpful-toast = சொன்னதற்கு நன்றி.
unhelpful =
    இது உதவாததற்கு மன்னிக்கவும்.
    வேறு வார்த்தைகளில் கேளுங்கள், அல்லது கீழே ஒன்றை அழுத்துங்கள்.

## More greetings, and thanks (unreviewed)

start-at-career = வணக்கம்! 👋 வேலைகள் பற்றிய கேள்விகளுக்கு நான் பதில் சொல்கிறேன். எப்போது வேண்டுமானாலும் உங்கள் சொந்த வார்த்தைகளில் ஒன்றை எழுதுங்கள்.
start-at-entry = வணக்கம்! 👋 வேலைகள் பற்றிய கேள்விகளுக்கு நான் பதில் சொல்கிறேன். நீங்கள் பார்க்க வந்தது இதோ. ஒரு வேலையைப் பற்றி எந்தக் கேள்வியையும் எழுதுங்கள்.
thanks = { $variant ->
    [0] பரவாயில்லை! விரும்பும் நேரம் இன்னும் கேளுங்கள்.
    [1] உதவியதில் மகிழ்ச்சி! 🙂 எப்போது வேண்டுமானாலும் திரும்ப வாருங்கள்.
   *[other] எப்போதும் கேட்கலாம்! இன்னும் ஏதாவது தெரிந்துகொள்ள வேண்டுமா?
}

## Careers (unreviewed)

roles-title = எனக்குத் தெரிந்த வேலைகள்
roles-more = இன்னும் { $count } இருக்கிறது: button-களைப் பாருங்கள், அல்லது வேலையின் பெயரை எழுதுங்கள்.
roles-end = ஒன்றை அழுத்துங்கள், அல்லது அதைப் பற்றிக் கேள்வி எழுதுங்கள். இன்னும் வேலைகள் வரும்.

## Asking, the source of an answer, and about the bot (unreviewed)

ask =
    Command-க்குப் பிறகு உங்கள் கேள்வியை எழுதுங்கள், இப்படி:
    - /ask backend developer என்ன வேலை செய்வார்?
    அல்லது command இல்லாமல் அப்படியே எழுதுங்கள்.
source = எடுத்த இடம்: { $source }, { $date }
source-dated = எடுத்த இடம்: { $source }
about-title = என்னைப் பற்றி
about =
    நான் ஒரு ஆள் இல்லை, ஒரு computer program. என்னைப் பாவிக்கப் பணம் தேவையில்லை.
    - ஆசிரியர்கள் வாசித்துத் திருத்தக்கூடிய ஒரு பட்டியலிலிருந்து என் பதில்கள் வருகின்றன.
    - அவை பிழையாகவோ பழையதாகவோ இருக்கலாம், அதனால் பெரிய முடிவு எடுக்க முன் ஓர் ஆசிரியரிடமும் கேளுங்கள்.
    - என்னால் படங்களைப் பார்க்கவும், குரல் செய்திகளைக் கேட்கவும், homework செய்யவும், வேலை தேடித் தரவும் முடியாது.

## The first meeting (unreviewed)

ask-career = உங்களுக்கு எந்த வேலையில் விருப்பம்?
button-help-me-choose = தெரிவு செய்ய உதவு
button-skip-question = Skip செய்
choose-career = ஒவ்வொரு வேலையும் ஒரு வரியில் இதோ. எதில் உங்களுக்கு அதிக விருப்பம்? எப்போது வேண்டுமானாலும் மாற்றலாம்.
career-chosen = { $career }: தேடிப் பார்க்க நல்ல ஒன்று. 👍
ask-stands =
    இப்போது நீங்கள் எந்தத் தரம், அல்லது என்ன செய்கிறீர்கள்?
    சரியான இடத்தில் தொடங்கவே இதைக் கேட்கிறேன்.
stands = { $stands ->
    [grade-8-9] தரம் 8-9
    [ol] தரம் 10-11 (O/L)
    [al] தரம் 12-13 (A/L)
    [after-al] A/L முடிந்தது
    [university] பல்கலைக்கழகம்
    [working] வேலை செய்கிறேன்
   *[no] சொல்லவில்லை
}
ask-known =
    இதில் சிலது உங்களுக்கு முன்பே தெரிந்திருக்கலாம்: { $career }.
    தெரிந்ததை tick செய்யுங்கள், அடுத்து வருபவற்றில் அதை விட்டுவிடுகிறேன்.
button-tick-known = தெரிந்ததை tick செய்
button-from-beginning = முதலிலிருந்து
meet-roadmap = இதுதான் உங்கள் பாதை: { $career }. உள்ளே பார்க்க ஒரு step-ஐ அழுத்துங்கள், அல்லது ஒரு சின்ன task-க்கு "என் அடுத்த step" அழுத்துங்கள்.
meet-end =
    பரவாயில்லை! 🙂
    ஒரு வேலையைப் பற்றி எந்தக் கேள்வியையும் எழுதுங்கள், அல்லது கீழே ஒன்றை அழுத்துங்கள்.
welcome-back =
    மீண்டும் வந்தது மகிழ்ச்சி! 👋 நீங்கள் தெரிவு செய்த வேலை: { $career }
    எந்தக் கேள்வியையும் எழுதுங்கள், அல்லது இங்கிருந்து தொடருங்கள்.
career-switched = { $before }: அதில் நீங்கள் mark செய்தவை அப்படியே இருக்கும். எப்போது வேண்டுமானாலும் அதற்குத் திரும்பலாம்.
button-walk = இந்த வேலையைத் தெரிவு செய்
roles-choose = ஒன்றை உங்களுடையதாக்க: அதை அழுத்துங்கள், பிறகு Roadmap, பிறகு "{ $label }" அழுத்துங்கள்.
ask-has =
    உங்கள் முதல் task-க்கு முன்: கற்க உங்களிடம் என்ன இருக்கிறது?
    அப்போது உங்களால் செய்யக்கூடிய task-களைத் தெரிவு செய்வேன். இதற்குப் பிறகு: { $step }
has = { $has ->
    [phone] போன் மட்டும்
    [sometimes] சில நேரம் கணினி
    [always] எப்போதும் கணினி
   *[no] சொல்லவில்லை
}
task-no-phone = இந்த task-க்கு கணினி அல்லது video வேண்டும். போன் போதுமான ஒன்றைத் தேட "என் அடுத்த step" அழுத்துங்கள்.

## The settings (unreviewed)

settings-title = நீங்கள் என்னிடம் சொன்னவை
settings-no-career = வேலை: தெரிவு செய்யவில்லை
settings-career = தெரிவு செய்த வேலை: { $career }
settings-careers = தெரிவு செய்த வேலை: { $career } (முன்பு: { $others })
settings-stands = இப்போது நீங்கள்: { $stands }
settings-has = கற்க உங்களிடம் இருப்பது: { $has }
settings-kept = { $date } முதல் இதையும் உங்கள் progress-ஐயும் நான் வைத்திருக்கிறேன்.
settings-not-kept = இதுவரை இதை நான் வைத்திருக்கவில்லை: ஒரு மணித்தியாலத்தில் மறந்துவிடுவேன். இதையும் உங்கள் progress-ஐயும் நான் வைத்திருக்கலாமா?
settings-changed = ✅ மாற்றியாயிற்று.
settings-change = { $part ->
    [career] வேலையை மாற்று
    [stands] என் தரத்தை மாற்று
   *[has] என்னிடம் இருப்பதை மாற்று
}
settings-career-title = எந்த வேலை உங்களுடையதாக இருக்க வேண்டும்? மற்றவற்றில் நீங்கள் mark செய்தவை அப்படியே இருக்கும்.
settings-stands-title = இப்போது நீங்கள் எந்தத் தரம், அல்லது என்ன செய்கிறீர்கள்?
settings-has-title = கற்க உங்களிடம் என்ன இருக்கிறது?
button-not-say = சொல்ல விரும்பவில்லை

## Whether progress may be kept (unreviewed)

keep-title = உங்கள் progress-ஐ நான் வைத்திருக்கலாமா?
keep =
    ஆம் என்றால், நீங்கள் தெரிவு செய்த வேலை, உங்கள் பதில்கள், நீங்கள் tick செய்பவை, mark செய்பவை, உங்கள் குறிப்புகள், நீங்கள் இங்கே வந்த நேரங்கள் ஆகியவற்றை வைத்திருப்பேன், நீங்கள் /forget என்று சொல்லும் வரை.
    அவற்றை வேறு யாருக்கும் காட்ட மாட்டேன். வயது 18-க்குக் குறைவா? இதை அம்மாவிடம் அல்லது அப்பாவிடம் காட்டுங்கள்: நான் என்ன என்பது /parents-இல் இருக்கிறது, நான் எதை வைத்திருப்பேன் என்பது /privacy-இல் இருக்கிறது.
    ஆம் சொல்லாவிட்டாலும் நீங்கள் எல்லாவற்றையும் வாசிக்கலாம், கேட்கலாம்.
not-kept = சரி, நான் எதையும் வைத்திருக்க மாட்டேன். நீங்கள் எல்லாவற்றையும் வாசிக்கலாம், கேட்கலாம்.
button-keep = என் progress-ஐ வைத்திரு
button-not-now = இப்போது வேண்டாம்

## The roadmap with its marks (unreviewed)

status-todo = செய்ய இருக்கிறது
status-begun = தொடங்கியது
status-done = முடிந்தது
status-skipped = skip செய்தது
status-known = முன்பே தெரியும்
tally-done = { $steps } step-களில் { $done } முடிந்தது
tally-begun = { $count } தொடங்கியது
tally-known = { $count } முன்பே தெரியும்
tally-skipped = { $count } skip செய்தது
step-status = { $mark } { $status } · { $tasks } task-களில் { $ticked } tick செய்தது
all-ticked = எல்லா task-களும் tick செய்தாயிற்று. Step முடிந்ததா? அப்படியென்றால் "முடிந்தது" அழுத்துங்கள்.
note-line = ✎ உங்கள் குறிப்பு: { $note }
task-ticked = ✅ இந்த task-ஐ நீங்கள் tick செய்துவிட்டீர்கள்.
button-done = ✅ முடிந்தது
button-skip = ⏭️ Skip செய்
button-skip-step = ⏭️ முழு step-ஐயும் skip
button-know-step = 💡 இந்த step தெரியும்
button-know = 💡 இது முன்பே தெரியும்
button-clear = ↩️ Mark-ஐ எடுத்துவிடு
button-tick = ✅ செய்துவிட்டேன்: tick
button-untick = ↩️ Tick-ஐ எடுத்துவிடு
button-note = ✎ குறிப்பு எழுது
button-note-change = ✎ என் குறிப்பை மாற்று
button-next-step = அடுத்த step ›
button-undo = ↩️ திரும்ப எடு (undo)
button-redo = மீண்டும் போடு
button-beside = இதனுடன் சேர்த்து: { $step }
known-title = உங்களுக்கு முன்பே என்ன தெரியும்?
known-list =
    தெரிந்ததை அழுத்துங்கள். அடுத்து வருபவற்றில் அதை விட்டுவிடுகிறேன்.
    அதைத் திரும்ப எடுக்க மீண்டும் அழுத்துங்கள்.
known-stage = { $mark } எல்லாம்: { $title }

## When something is marked (unreviewed)

ticked-toast = Tick செய்தாயிற்று: { $tasks } task-களில் { $count }.
unticked-toast = Tick எடுத்தாயிற்று: { $tasks } task-களில் { $count }.
ticked = ✅ Tick செய்தாயிற்று: { $task }
ticked-already = இது ஏற்கனவே tick செய்தது: { $task }
ticked-count = இந்த step-இல் { $tasks } task-களில் { $count }.
task-of-step = { $step }, task { $number }
marked-done = ✅ முடிந்தது என்று mark செய்தாயிற்று: { $steps }
marked-skipped = ⏭️ Skip செய்தாயிற்று: { $steps }. எப்போது வேண்டுமானாலும் திரும்ப வரலாம்.
marked-known = 💡 உங்களுக்கு இது முன்பே தெரியும்: { $steps }. அடுத்து வருபவற்றில் அதை விட்டுவிடுகிறேன்.
already-done = இது ஏற்கனவே முடிந்தது என்று mark செய்தது: { $steps }
already-skipped = இது ஏற்கனவே skip செய்தது: { $steps }
already-known = இது ஏற்கனவே தெரியும் என்று mark செய்தது: { $steps }
which-done = அருமை! 🎉 எதை முடித்தீர்கள்?
which-skip = எதை skip செய்ய வேண்டும்?
which-know = எது உங்களுக்கு முன்பே தெரியும்?
choice-pause = { $day } வரை pause செய்
stage-ended = 🎉 அதுதான் "{ $stage }" பகுதியின் கடைசி step. அருமை!
changed-since = அதற்குப் பிறகு roadmap மாறிவிட்டது, அதனால் நான் எதையும் mark செய்யவில்லை. நீங்கள் முன்பு செய்தவை அப்படியே இருக்கும்.
something-retired = இப்போது roadmap-இல் இல்லாத ஒரு step

undone-ticked = ↩️ Tick-ஐத் திரும்ப எடுத்தாயிற்று: { $what }.
undone-unticked = ↩️ Tick-ஐ மீண்டும் போட்டாயிற்று: { $what }.
undone-done = ↩️ இப்போது முடிந்தது என்று mark இல்லை: { $what }.
undone-skipped = ↩️ இப்போது skip செய்யவில்லை: { $what }.
undone-known = ↩️ இப்போது தெரியும் என்று mark இல்லை: { $what }.
undone-cleared = ↩️ Mark-ஐ மீண்டும் போட்டாயிற்று: { $what }.
undone-restarted = ↩️ உங்கள் mark-கள் திரும்ப வந்துவிட்டன.
undone-noted = ↩️ குறிப்பு முன்பு இருந்தபடியே இருக்கிறது: { $what }.
undone-named = ↩️ பெயர் முன்பு இருந்தபடியே இருக்கிறது.
undone-answer = ↩️ உங்கள் பதில் முன்பு இருந்தபடியே இருக்கிறது. /settings-இல் பார்க்கலாம்.
undone-undone = ↩️ மீண்டும் போட்டாயிற்று.
undone-below = ↩️ திரும்ப எடுத்தாயிற்று. நீங்கள் பிறகு மீண்டும் mark செய்ததால், இப்போது எதுவும் மாறாது: { $what }.
nothing-to-undo-there = அங்கே எதுவும் mark செய்யவில்லை, அதனால் திரும்ப எடுக்க எதுவும் இல்லை: { $steps }.
nothing-to-undo = திரும்ப எடுக்க எதுவும் இல்லை.

restart =
    { $career }: உங்கள் mark-கள் எல்லாவற்றையும் எடுத்துவிட்டு முதலிலிருந்து தொடங்கலாமா?
    உங்கள் குறிப்புகள் அப்படியே இருக்கும். இதைத் திரும்ப எடுக்கவும் முடியும்.
button-restart = ஆம், முதலிலிருந்து
restarted = முதலிலிருந்து தொடங்குகிறீர்கள்: { $career }. உங்கள் குறிப்புகள் இன்னும் இருக்கின்றன.
nothing-to-restart = நீங்கள் இன்னும் எதையும் mark செய்யவில்லை, அதனால் ஏற்கனவே தொடக்கத்தில்தான் இருக்கிறீர்கள்.

## The next task (unreviewed)

next-heading = உங்கள் அடுத்த task · { $step }
next-begun = ஏன் இது: இந்த step-ஐத் தொடங்கிவிட்டீர்கள், { $tasks } task-களில் { $ticked } tick செய்தது.
next-first = ஏன் இது: நீங்கள் இன்னும் முடிக்காத முதல் step இதில் தொடங்குகிறது.
next-phone = ஏன் இது: இதற்குப் போன் போதும். இதற்கு முன் வருபவற்றுக்குக் கணினி அல்லது video வேண்டும்.
next-computer = ஏன் இது: அடுத்து வருவது இது. இதற்குக் கணினி அல்லது video வேண்டும்: பள்ளியில் உள்ளதைப் பாவியுங்கள், அல்லது skip செய்யுங்கள்.
next-beside-only = ஏன் இது: இந்த நீண்ட course மட்டுமே மீதி இருக்கிறது.
way-finished = 🎉 முழு roadmap-ஐயும் முடித்துவிட்டீர்கள்: { $career }. அருமை!
way-finished-but-skipped = { $career }: நீங்கள் skip செய்தவை ({ $skipped }) தவிர, செய்ய வேறு எதுவும் இல்லை. அவை roadmap-இல் இருக்கின்றன.

## What is kept about a student, as a file (unreviewed)

export =
    உங்களைப் பற்றி நான் வைத்திருக்கும் எல்லாம் இந்த file-இல் இருக்கிறது. எந்த browser-இலும் text editor-இலும் இதைத் திறக்கலாம்.
    இந்த file யாரிடம் இருந்தாலும் அவர் இதை வாசிக்கலாம், அதனால் உங்களிடம் மட்டும் வைத்திருங்கள்.
export-nothing =
    உங்களுக்குத் தர எதுவும் இல்லை: உங்களைப் பற்றி எதுவும் save செய்யப்படவில்லை.
    நாம் கடைசியாகப் பேசியது ஒரு மணித்தியாலம் memory-இல் இருக்கும். இந்தச் செய்தி பதில் சொன்ன உடனே அழிந்துவிடும்.

## Erasing all that is kept about a student (unreviewed)

forget-title = உங்களை நான் மறந்துவிடலாமா?
forget-careers = உங்கள் வேலைகள்: { $careers }
forget-marks = { $count ->
    [one] நீங்கள் தொடங்கிய அல்லது mark செய்த { $count } step
   *[other] நீங்கள் தொடங்கிய அல்லது mark செய்த { $count } step-கள்
}
forget-ticks = { $count ->
    [one] Tick செய்த { $count } task
   *[other] Tick செய்த { $count } task-கள்
}
forget-notes = { $count ->
    [one] { $count } குறிப்பு
   *[other] { $count } குறிப்புகள்
}
forget-rest = என் கேள்விகளுக்கு நீங்கள் சொன்ன பதில்கள், மேலும் உங்களைப் பற்றி நான் வைத்திருக்கும் மற்ற எல்லாம்
forget =
    உடனே எல்லாவற்றையும் அழிப்பேன். அதைத் திரும்ப எடுக்க முடியாது. Backup copies இரண்டு வாரத்துக்குள் அழியும்.
    அதற்கு முன் வேண்டுமென்றால், உங்கள் data-வை ஒரு file ஆக எடுங்கள்.
button-forget = எல்லாவற்றையும் அழி
button-forget-not = வைத்திரு
forget-not = சரி, எல்லாம் இருந்தபடியே இருக்கிறது.
forget-nothing =
    அழிக்க எதுவும் இல்லை: உங்களைப் பற்றி எதுவும் save செய்யப்படவில்லை.
    நாம் கடைசியாகப் பேசியது ஒரு மணித்தியாலம் memory-இல் இருக்கும். நம் செய்திகளை அழிக்க, உங்கள் app-இல் இந்த chat-ஐ delete செய்யுங்கள்.
forgotten =
    முடிந்தது: இப்போது உங்களைப் பற்றி நான் எதையும் வைத்திருக்கவில்லை. Backup copies இரண்டு வாரத்துக்குள் அழியும்.
    நம் செய்திகளையும் அழிக்க, உங்கள் app-இல் இந்த chat-ஐ delete செய்யுங்கள். விரும்பும் நேரம் திரும்ப வரலாம்.

## After two years without a word (unreviewed)

lapse =
    நீங்கள் இரண்டு வருடமாக இங்கே வரவில்லை, அதனால் உங்கள் progress-ஐ 30 நாளில் அழிப்பேன்.
    அதை வைத்திருக்க விருப்பமா? 'வைத்திரு' அழுத்துங்கள். எதுவானாலும் பரவாயில்லை.
button-lapse-keep = வைத்திரு
button-lapse-erase = இப்போதே அழி

## How far a student is (unreviewed)

progress-title = உங்கள் progress: { $career }
progress-none =
    இன்னும் எதுவும் mark செய்யவில்லை, அது பரவாயில்லை: எல்லோரும் இங்கேதான் தொடங்குகிறார்கள்.
    ஒரு சின்ன task-ஐ tick செய்யுங்கள், எவ்வளவு தூரம் வந்தீர்கள் என்று காட்டுகிறேன்.
progress-week = இந்த வாரம்: { $done }
progress-week-none = இந்த வாரம் இதுவரை எதுவும் mark செய்யவில்லை. உங்கள் வேகத்தில் போங்கள்: முன்பு செய்ததெல்லாம் அப்படியே இருக்கும்.
progress-all = மொத்தம்: { $tally }
progress-tasks = { $count ->
    [one] { $count } task tick செய்தது
   *[other] { $count } task-கள் tick செய்தது
}
progress-steps = { $count ->
    [one] { $count } step முடிந்தது
   *[other] { $count } step-கள் முடிந்தன
}
progress-days = { $count ->
    [one] இதுவரை { $count } நாளில் ஏதாவது செய்திருக்கிறீர்கள்.
   *[other] இதுவரை { $count } நாட்களில் ஏதாவது செய்திருக்கிறீர்கள்.
}
progress-gone = { $count ->
    [one] நீங்கள் செய்த, ஆனால் இப்போது roadmap-இல் இல்லாத { $count } step-உம் இருக்கிறது.
   *[other] நீங்கள் செய்த, ஆனால் இப்போது roadmap-இல் இல்லாத { $count } step-களும் இருக்கின்றன.
}
progress-next = அடுத்தது: { $step }. { $minutes } நிமிடம் அளவில்: { $task }
progress-through = இங்கே செய்ய இனி எதுவும் இல்லை. எல்லாம் roadmap-இல் இருக்கிறது. 🎉
button-draw = என் progress படம்

## The picture of the way (unreviewed)

drawn-title = என் பாதை: { $career }
drawn-here = நீங்கள் இங்கே
drawn-at = நீங்கள் இங்கே: { $step }
shared-at = நான் இங்கே: { $step }
drawn-stage = { $title }: { $steps } step-களில் { $done } முடிந்தது
drawn-date = { $day } { $month ->
    [1] ஜனவரி
    [2] பெப்ரவரி
    [3] மார்ச்
    [4] ஏப்ரல்
    [5] மே
    [6] ஜூன்
    [7] ஜூலை
    [8] ஓகஸ்ட்
    [9] செப்டெம்பர்
    [10] ஒக்டோபர்
    [11] நவம்பர்
   *[other] டிசம்பர்
} { $year }
drawing-failed = மன்னிக்கவும், என்னால் இப்போது அதை வரைய முடியவில்லை. அதையே வார்த்தைகளில் தருகிறேன்.
button-share = Share செய்
button-name = என் பெயரைப் போடு
button-name-change = என் பெயரை மாற்று
button-name-off = என் பெயரை எடுத்துவிடு
button-see-roadmap = இந்த roadmap-ஐப் பார்

## Notes, and the name on the picture (unreviewed)

write-note-title = உங்கள் குறிப்பு: { $step }
write-note =
    இப்போது எழுதி அனுப்புங்கள். { $limit } எழுத்துகள் வரை எழுதலாம்.
    அதை உங்களுக்கு மட்டும், இந்த step-இல் காட்டுவேன்.
write-note-so-far = புதிய குறிப்பு எழுதினால், இதற்குப் பதிலாக அது வரும்:
write-name-title = உங்கள் படத்தில் ஒரு பெயர்
write-name =
    இப்போது எழுதி அனுப்புங்கள். { $limit } எழுத்துகள் வரை எழுதலாம்.
    முழுப் பெயர் வேண்டாம், nickname நல்லது: படம் கிடைக்கும் எவரும் அதை வாசிக்கலாம்.
write-name-so-far = இப்போது இருக்கும் பெயர்: { $name }
write-too-long = அது மிக நீளம்: { $count } எழுத்துகள் இருக்கின்றன, { $limit } மட்டுமே முடியும். எதுவும் மாறவில்லை. சின்னதாக ஒன்று அனுப்புங்கள்.
write-empty = அதில் வார்த்தைகள் இருக்கவில்லை. எதுவும் மாறவில்லை. மீண்டும் எழுதுங்கள், அல்லது "Cancel செய்" அழுத்துங்கள்.
write-cancelled = சரி, எதுவும் மாறவில்லை.
noted = ✎ குறிப்பை வைத்துக்கொண்டேன்: { $step }
note-deleted = ✎ உங்கள் குறிப்பை எடுத்தாயிற்று: { $step }
note-none = இங்கே உங்கள் குறிப்பு எதுவும் இல்லை: { $step }
note-retired = அந்த step இப்போது roadmap-இல் இல்லை, அதனால் குறிப்பை நான் வைத்துக்கொள்ளவில்லை. நீங்கள் முன்பு செய்தவை அப்படியே இருக்கும்.
named = இப்போது உங்கள் படத்தில் இருக்கும் பெயர்: { $name }
name-off = உங்கள் பெயரைப் படத்திலிருந்து எடுத்தாயிற்று. நீங்கள் முன்பு share செய்தவற்றில் பெயர் இன்னும் இருக்கும்.
name-none = உங்கள் படத்தில் பெயர் எதுவும் இல்லை.
button-cancel = Cancel செய்
button-note-delete = என் குறிப்பை அழி

## When something cannot be kept (unreviewed)

not-saved-toast = என்னால் இப்போது எதையும் save செய்ய முடியாது. நீங்கள் அழுத்தியது தொலையாது, முடிந்த உடனே அதைப் பார்க்கிறேன்.
not-saved-yet =
    என்னால் இப்போது எதையும் save செய்ய முடியாது. உங்கள் செய்தி தொலையாது, முடிந்த உடனே அதைப் பார்க்கிறேன்.
    கொஞ்சம் கழித்து மீண்டும் முயற்சி செய்யவும் முடியும்.
not-saved =
    மன்னிக்கவும், என்னால் அதை save செய்ய முடியவில்லை. எதுவும் மாறவில்லை.
    ஒரு நிமிடம் கழித்து மீண்டும் முயற்சி செய்யுங்கள்.
not-kept-toast = அதை இப்போது செய்ய முடியவில்லை. ஒரு நிமிடம் கழித்து மீண்டும் முயற்சி செய்யுங்கள்.
not-read =
    மன்னிக்கவும், என்னால் இப்போது உங்கள் progress-ஐப் பார்க்க முடியவில்லை. எதுவும் தொலையவில்லை.
    ஒரு நிமிடம் கழித்து மீண்டும் முயற்சி செய்யுங்கள்.

## The daily reminder: asking for it (unreviewed)

nudge-ask =
    என்னால் தினமும் ஒரு சின்ன task அனுப்ப முடியும். எத்தனை மணிக்கு அனுப்ப வேண்டும்?
    ஒரு நேரத்தை அழுத்துங்கள், அல்லது 'மாலை 6.15' போல எழுதுங்கள்.
nudge-ask-once =
    ஒரு தடவை மட்டும் நினைவூட்ட என்னால் முடியாது. தினமும் ஒரு சின்ன task அனுப்ப முடியும். எத்தனை மணிக்கு அனுப்ப வேண்டும்?
    ஒரு நேரத்தை அழுத்துங்கள், அல்லது 'மாலை 6.15' போல எழுதுங்கள்.
nudge-time-unclear =
    அந்த நேரம் எனக்கு விளங்கவில்லை. 7.15 pm, 6:30 போல எழுதுங்கள், அல்லது ஒன்றை அழுத்துங்கள்.
nudge-type-time =
    நேரத்தை எழுதுங்கள், 'மாலை 6.15', '6:30' போல.
    நாட்களையும் எழுதலாம்: 'வார நாட்கள்', 'திங்கள் புதன் வெள்ளி'.
nudge-either = காலையிலா, மாலையிலா?
nudge-quiet =
    { $sleeps } முதல் { $wakes } வரை நான் எதையும் அனுப்ப மாட்டேன், நீங்கள் நித்திரை கொள்வதற்காக.
    எத்தனை மணிக்கு அனுப்ப வேண்டும்?
nudge-days = எந்த நாட்களில்?
nudge-pause =
    எவ்வளவு காலத்துக்கு? அதற்கிடையில் எதுவும் தொலையாது.
    எழுதவும் முடியும்: 'டிசம்பர் 15 வரை நிறுத்து'.
nudge-title = உங்கள் தினசரி task
nudge-plan = { $days } { $time } மணிக்கு ஒரு சின்ன task.
nudge-off = தினசரி task: அனுப்புவதில்லை
nudge-on-days = { $days ->
    [every] தினமும்
    [weekdays] திங்கள் முதல் வெள்ளி வரை
    [weekends] சனியும் ஞாயிறும்
   *[listed] { $listed } நாட்களில்
}
nudge-zone = உங்கள் நேரம்: இப்போது { $time } ({ $place }).
nudge-look-back-on = ஞாயிறு அன்று task-க்குப் பதிலாக உங்கள் வாரத்தை அனுப்புவேன்.
nudge-next = அடுத்தது: { $when }.
nudge-set = ✅ சரி. எப்போது வேண்டுமானாலும் மாற்றலாம், நிறுத்தலாம்.
nudge-changed = ✅ மாற்றியாயிற்று.
nudge-resumed = ✅ மீண்டும் அனுப்புகிறேன்.
nudge-paused = ⏸ { $day } வரை நிறுத்தி வைத்திருக்கிறேன்.
nudge-pause-guessed = எவ்வளவு காலம் என்று சரியாக விளங்காததால் { $days } நாட்கள் எடுத்தேன். 'டிசம்பர் 15' போல ஒரு தேதியையும் எழுதலாம்.
nudge-stopped = நிறுத்தியாயிற்று. இனி தினசரி task-களை அனுப்ப மாட்டேன். நீங்கள் செய்தவை அப்படியே இருக்கும்.
nudge-none = நினைவூட்டல் off-இல் இருக்கிறது: நிறுத்த எதுவும் இல்லை.
nudge-offer = தினமும் ஒரு சின்ன task அனுப்பலாமா? நேரத்தை நீங்கள் தெரிவு செய்யலாம். ஒரு button-ஐ அழுத்தி நிறுத்தவும் முடியும்.
nudge-offer-no = சரி, அனுப்ப மாட்டேன். எப்போதாவது வேண்டுமென்றால்: /nudge
when-today = இன்று { $time } மணிக்கு
when-tomorrow = நாளை { $time } மணிக்கு
when-weekday = { $weekday } { $time } மணிக்கு
when-date = { $weekday }, { $date }, { $time } மணிக்கு
weekday = { $day ->
    [1] திங்கட்கிழமை
    [2] செவ்வாய்க்கிழமை
    [3] புதன்கிழமை
    [4] வியாழக்கிழமை
    [5] வெள்ளிக்கிழமை
    [6] சனிக்கிழமை
   *[other] ஞாயிற்றுக்கிழமை
}
weekday-short = { $day ->
    [1] திங்கள்
    [2] செவ்
    [3] புதன்
    [4] வியா
    [5] வெள்ளி
    [6] சனி
   *[other] ஞாயிறு
}
button-nudge-ask = நேரத்தை மாற்று
button-nudge-other = வேறு நேரம்
button-pause-days = { $days ->
    [7] 1 வாரம்
    [14] 2 வாரம்
   *[other] 1 மாதம்
}
button-nudge-days = நாட்களை மாற்று
button-nudge-pause = ⏸ Pause செய்
button-nudge-resume = ▶️ மீண்டும் அனுப்பு
button-nudge-stop = நிறுத்து
button-nudge-change = மாற்று
button-nudge-look = { $state ->
    [on] ஞாயிறு: என் வாரத்தை அனுப்பு
   *[off] ஞாயிறு: என் வாரத்தை அனுப்ப வேண்டாம்
}
button-nudge-morning = காலை { $time }
button-nudge-evening = மாலை { $time }
button-nudge-instead = பதிலாக { $time } மணிக்கு
button-nudge-again = மீண்டும் on செய்: { $time }
button-offer-yes = ஆம், நேரத்தைத் தெரிவு செய்
button-offer-no = வேண்டாம், நன்றி
undone-nudge = ↩️ உங்கள் தினசரி task முன்பு இருந்தபடியே இருக்கிறது. /nudge-இல் பார்க்கலாம்.

## The daily reminder itself (unreviewed)

nudge-opening = { $wording ->
    [0] இன்று உங்கள் சின்ன task: { $minutes } நிமிடம் அளவில்.
    [1] { $minutes } நிமிடம் இருக்கிறதா? இதோ உங்கள் அடுத்த task.
    [2] இன்றைக்கு ஒரு சின்ன விஷயம். அதற்கு { $minutes } நிமிடம் அளவில் ஆகும்.
    [3] அடுத்த task தயார்: { $minutes } நிமிடம் போதும்.
    [4] ஒரு { $minutes } நிமிட task, இன்று உங்களுக்கு வசதியான நேரத்தில்.
    [5] அடுத்துச் செய்ய இருப்பது இது: { $minutes } நிமிடம் அளவில்.
   *[other] இன்று இன்னும் ஒரு படி முன்னால்: { $minutes } நிமிடம் அளவில் ஆகும்.
}
nudge-again = நீங்கள் கேட்டபடியே, இதோ மீண்டும் உங்கள் task: { $minutes } நிமிடம் அளவில்.
nudge-rarer = இப்போது கொஞ்சம் busy-ஆ? பரவாயில்லை: இனி குறைவாக எழுதுகிறேன், நீங்கள் எனக்கு எழுதினால் மீண்டும் முன்பு போலவே.
nudge-later = இன்று மீண்டும் எப்போது அனுப்ப வேண்டும்?
nudge-moved = சரி, அதை மீண்டும் அனுப்புகிறேன்: { $when }.
nudge-still-comes = இன்றைய நினைவூட்டல் இனித்தான் வரும்.
nudge-later-once = இன்று இரண்டாவது தடவையும் அனுப்பிவிட்டேன், அதனால் இன்றைக்கு அவ்வளவுதான்.
nudge-too-late = இன்றைக்கு இரவாகிவிட்டது, அது பரவாயில்லை.
nudge-not-today = சரி, இன்று வேண்டாம்.
nudge-last =
    இனி நான் அமைதியாக இருப்பேன்: நினைவூட்டல் வராது.
    மீண்டும் வேண்டுமா? எனக்கு ஏதாவது எழுதுங்கள், அல்லது button-ஐ அழுத்துங்கள்.
nudge-finished =
    🎉 Roadmap-இன் முடிவுக்கு வந்துவிட்டீர்கள்: { $career }. அருமை!
    அதற்கு இனி தினசரி task-களை அனுப்ப மாட்டேன்.
look-back-title = உங்கள் வாரம்
look-back-step = முடிந்தது: { $step }
look-back-none = அமைதியான ஒரு வாரம். முன்பு செய்ததெல்லாம் அப்படியே இருக்கும்.
look-back-next = உங்கள் அடுத்த சின்ன task, { $minutes } நிமிடம் அளவில்: { $step }.
button-nudge-done = ✅ முடிந்தது
button-nudge-later = பிறகு
button-nudge-no = இன்று வேண்டாம்
button-nudge-in = { $choice ->
    [60] 1 மணித்தியாலத்தில்: { $when }
    [180] 3 மணித்தியாலத்தில்: { $when }
   *[evening] மாலையில்: { $when }
}

## The student's time zone (unreviewed)

zone-ask =
    நீங்கள் எங்கே இருக்கிறீர்கள்? உங்கள் நகரத்தை அல்லது நாட்டை எழுதுங்கள், 'கொழும்பு', 'இத்தாலி' போல.
    அல்லது நீங்கள் இருக்கும் இடத்தில் இப்போது எத்தனை மணி என்று எழுதுங்கள்.
zone-which = இவற்றில் எது? அதை அழுத்துங்கள், அல்லது உங்கள் நகரத்தை எழுதுங்கள்.
zone-unclear =
    அந்த இடம் எனக்குத் தெரியாது. பக்கத்தில் உள்ள பெரிய நகரத்தை அல்லது உங்கள் நாட்டை எழுதுங்கள்.
    அல்லது அங்கே இப்போது என்ன நேரம் என்று எழுதுங்கள்.
zone-set = ✅ இனி உங்கள் நேரம் { $place } நேரம்: { $time }.
button-zone = என் ஊரை மாற்று
button-zone-stays = { $place }: இப்போது { $time }
