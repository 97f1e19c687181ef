### Sinhala. unreviewed: no native speaker has read this file yet.
### What is missing here is said in English.

## Greeting (unreviewed)

start =
    ආයුබෝවන්! 👋 මම පාසල් ළමයින්ගේ රැකියා ගැන ප්‍රශ්නවලට උත්තර දෙනවා.
    ඕනෑම වෙලාවක ඔයාගේම වචනවලින් ප්‍රශ්නයක් ලියන්න.
start-can-do =
    - රැකියාවක දවස ගෙවෙන්නේ කොහොමද
    - ඒක ඔයාට ගැළපෙනවද
    - නොමිලේ, පියවරෙන් පියවර පටන් ගන්නේ කොහොමද
greeting = { $variant ->
    [0] ආයුබෝවන්! 👋 රැකියාවක් ගැන මොනවද දැනගන්න ඕනේ?
    [1] හායි! ඔයා ආපු එක හොඳයි. රැකියාවක් ගැන ඕනෑම දෙයක් අහන්න.
   *[other] හලෝ! 👋 අද මොනවද දැනගන්න කැමති?
}

## Example questions (unreviewed)

example-overview = { $career } කෙනෙක් මොනවද කරන්නේ?
example-pay = පඩිය කොහොමද?
example-roadmap = මම පටන් ගන්නේ කොහොමද?

## Another career (unreviewed)

unknown-role = { $career }: ඇහුව එක හොඳයි. ඒ රැකියාව ගැන මම තවම දන්නේ නැහැ, ඒ නිසා අනුමාන කරන්නේ නැහැ. මම දන්නේ මේවා ගැන:
unknown-role-unnamed = ඒ රැකියාව ගැන මම තවම දන්නේ නැහැ, ඒ නිසා අනුමාන කරන්නේ නැහැ. මම දන්නේ මේවා ගැන:

## When several messages came in a row (unreviewed)

also-asked = ඔයා මේවත් ඇහුවා:
also-unknown = { $career }: ඒ රැකියාව ගැන මම තවම දන්නේ නැහැ.

## Off topic (unreviewed)

off-topic =
    ඒක මම දන්න දෙයක් නෙවෙයි. මම දන්නේ රැකියා ගැන විතරයි.
    මේ වගේ ප්‍රශ්නයක් අහන්න:

## Not understood (unreviewed)

not-understood =
    සමාවෙන්න, මට ඒක තේරුණේ නැහැ.
    වෙන වචනවලින් අහන්න, නැත්නම් පහළින් එකක් ඔබන්න.

## Under an answer that is in English only (unreviewed)

only-english = මේ උත්තරය තවම තියෙන්නේ ඉංග්‍රීසියෙන් විතරයි.

## What came without words (unreviewed)

attached-picture =
    මට පින්තූර, වීඩියෝ බලන්න බැහැ. මට කියවන්න පුළුවන් වචන විතරයි.
    ඔයාගේ ප්‍රශ්නය වචනවලින් ලියන්න, නැත්නම් පහළින් එකක් ඔබන්න.
attached-voice =
    මට හඬ පණිවිඩ අහන්න බැහැ. මට කියවන්න පුළුවන් වචන විතරයි.
    ඔයාගේ ප්‍රශ්නය වචනවලින් ලියන්න, නැත්නම් පහළින් එකක් ඔබන්න.
attached-whereabouts =
    මට කවදාවත් ඔයා ඉන්න තැන, ලිපිනය, දුරකථන අංකය ඕනේ නැහැ. ඒ කිසිම දෙයක් මම තියාගත්තේ නැහැ. ඒ පණිවිඩය ඔයාට මකන්න පුළුවන්.
    රැකියාවක් ගැන ප්‍රශ්නයක් ලියන්න, නැත්නම් පහළින් එකක් ඔබන්න.
attached-sticker =
    ලස්සනයි! 🙂 මට ස්ටිකර්වලින් උත්තර දෙන්න බැහැ, වචනවලින් නම් පුළුවන්.
    රැකියාවක් ගැන ප්‍රශ්නයක් ලියන්න, නැත්නම් පහළින් එකක් ඔබන්න.
attached-other =
    මට ඒක බලන්න බැහැ. මට කියවන්න පුළුවන් වචන විතරයි.
    ඔයාගේ ප්‍රශ්නය වචනවලින් ලියන්න, නැත්නම් පහළින් එකක් ඔබන්න.

## When something broke (unreviewed)

failed = සමාවෙන්න, මගේ පැත්තෙන් මොකක් හරි වැරදුණා. ඒක ඔයාගේ වරදක් නෙවෙයි. විනාඩියකින් ආයෙත් අහන්න.

## In a group and in other chats (unreviewed)

ask-in-group =
    මම රැකියා ගැන ප්‍රශ්නවලට උත්තර දෙනවා. ගෲප් එකකදී මගෙන් අහන්නේ මෙහෙමයි:
    - /ask { $example }
    - නැත්නම් මගේ පණිවිඩයකට reply කරලා ඔයාගේ ප්‍රශ්නය ලියන්න
more-room = පුද්ගලික චැට් එකක නම් මට වැඩිපුර කියන්න පුළුවන්.
button-private = පුද්ගලිකව අහන්න
button-more-in-private = මේ ගැන තව දේවල්, පුද්ගලිකව
button-ask-yourself = ඔයත් මගෙන් අහන්න

## Distress (unreviewed)

button-erase = මේ පණිවිඩ මකන්න
button-misread = මම අදහස් කළේ ඒක නෙවෙයි
erase-by-hand = මට ඒක තවදුරටත් මකන්න බැහැ. පණිවිඩය දිගට ඔබාගෙන ඉන්න, ඊට පස්සේ Delete ඔබන්න.
erased-toast = මැකුවා.
misread =
    හරි, එහෙනම් මම වැරදියට තේරුම් අරන්. සමාවෙන්න!
    වෙන වචනවලින් අහන්න, නැත්නම් පහළින් එකක් ඔබන්න.

## Names of functions, on buttons (unreviewed)

function-ask = ප්‍රශ්නයක් අහන්න
function-roles = රැකියා
function-duties = දවසේ වැඩ
function-resources = නොමිලේ ඉගෙනගන්න
function-next-step = මගේ ඊළඟ step එක
function-mark-done = Step එක ඉවරයි
function-skip-step = Step එකක් skip කරන්න
function-know-step = මම දැනටමත් දන්නවා
function-undo = ආපහු ගන්න (undo)
function-progress = මගේ progress එක
function-start-again = මුල ඉඳන් පටන් ගන්න
function-nudge-set = හැමදාම මතක් කරන්න
function-nudge-stop = මතක් කරන එක නවත්තන්න
function-start = පටන් ගන්න
function-help = උදව්
function-parents = දෙමාපියන්ට
function-about-bot = මේ bot ගැන
function-export = මගේ data ගන්න
function-forget-me = මාව අමතක කරන්න
function-greeting = හායි කියන්න
function-thanks = Thanks කියන්න

## What each command does: a line in the help (unreviewed)

help-ask = ප්‍රශ්නයක් අහන්න, මේ වගේ: '/ask මම පටන් ගන්නේ කොහොමද?'
help-roles = මම දන්න රැකියා
help-duties = රස්සාවකදී දවසින් දවස කරන දේවල්
help-roadmap = පටන් ගන්නේ කොහොමද, පියවරෙන් පියවර
help-resources = නොමිලේ ඉගෙනගන්න පුළුවන් දේවල්
help-next-step = දැන් කරන්න තියෙන එක දෙයක්
help-mark-done = step එකක් ඉවරයි කියලා mark කරන්න: '/done python'
help-skip-step = step එකක් skip කරන්න: '/skip python'
help-know-step = ඔයා දැනටමත් දන්න steps: '/know python'
help-undo = අන්තිමට mark කරපු එක ආපහු ගන්න
help-progress = ඔයා කොච්චර දුර ඇවිල්ලද, පින්තූරෙකිනුත්
help-start-again = roadmap එක මුල ඉඳන් පටන් ගන්න
help-settings = ඔයාගේ රැකියාව, ඔයාගේ වසර, ඔයාට තියෙන දේ
help-nudge-set = දවසට පොඩි task එකක්, ඔයා කියන වෙලාවට: '/nudge 7pm'
help-nudge-stop = දවසේ task එක නවත්තන්න, නැත්නම් pause කරන්න
help-start = ආයෙත් පටන් ගන්න
help-help = මේ list එක
help-parents = දෙමාපියන්ට පිටුවක්
help-privacy = මම තියාගන්නේ මොනවද, කොච්චර කාලෙකටද
help-about-bot = මම කවුද
help-export = මම ඔයා ගැන තියාගෙන ඉන්න ඔක්කොම, file එකක් විදිහට
help-forget-me = මම ඔයා ගැන තියාගෙන ඉන්න ඔක්කොම මකන්න

help-title = මගෙන් අහන්නේ කොහොමද
help-intro =
    ඔයාගේ ප්‍රශ්නය ඔයාගේම වචනවලින් ලියන්න. අකුරු වැරදුණාට කමක් නැහැ. සිංහලෙනුත්, දෙමළෙනුත්, ඉංග්‍රීසියෙනුත් පුළුවන්.
help-careers = රැකියා ගැන
help-way = ඔයාගේ පාර
help-bot = මම ගැන

## Names of the sides of a career, on buttons (unreviewed)

facet-overview = ඒක මොකක්ද?
facet-duties = දවසේ වැඩ
facet-resources = නොමිලේ ඉගෙනගන්න
facet-fit = ඒක මට ගැළපෙනවද?
facet-pay = පඩිය
facet-employers = රස්සාව දෙන්නේ කවුද?
facet-fundamentals = මූලික දේවල්

## Other buttons (unreviewed)

button-helpful = උදව් වුණා 👍
button-unhelpful = උදව් වුණේ නැහැ 👎
button-back = ‹ ආපහු
button-next = ඊළඟ ›
button-before = ‹ කලින් task එක
button-next-task = ඊළඟ task එක ›
button-back-to-step = ‹ ආපහු step එකට
button-tasks = පොඩි task { $count }ක් ›
button-none = මේ එකක්වත් නෙවෙයි

## Steps and tasks (unreviewed)

step-why = ඇයි මේක: { $why }
step-done = Step එක ඉවර වෙන්නේ මෙහෙම වුණාම: { $done }
step-hours = ඔක්කොටම පැය { $least }-{ $most }ක් විතර යනවා.
step-hours-exact = { $hours ->
    [one] ඔක්කොටම පැය { $hours }ක් විතර යනවා.
   *[other] ඔක්කොටම පැය { $hours }ක් විතර යනවා.
}
step-tasks = පොඩි task { $tasks }ක් තියෙනවා. ඒවයින් { $phone }කට ෆෝන් එකක් හරි කොළයක් හරි විතරක් ඇති.
task-title = Task { $count }න් { $number } වෙනි එක: { $step }
task-minutes = විනාඩි { $minutes }ක් විතර.
task-phone = ෆෝන් එකක් හරි කොළයක් හරි ඇති.
task-computer = Computer එකක් ඕනේ.
task-data-none = Mobile data ඕනේ නැහැ.
task-data-little = Mobile data ටිකක් යනවා.
task-data-video = Video තියෙනවා: පුළුවන් නම් Wi-Fi එකෙන් බලන්න.
resource-cost = වියදම: { $cost }
resource-link = { $title } බලන්න

## When a question may mean several things (unreviewed)

choices = ඔයා ඇහුවේ මේවයින් එකක්ද?
none-of-these =
    සමාවෙන්න, එහෙනම් මට ඒක තේරුණේ නැහැ.
    වෙන වචනවලින් අහන්න, නැත්නම් පහළින් එකක් ඔබන්න.

## When there is no answer (unreviewed)

wordless =
    මට හොඳට කියවන්න පුළුවන් වචන. 🙂
    රැකියාවක් ගැන ප්‍රශ්නයක් ලියන්න, නැත්නම් පහළින් එකක් ඔබන්න.
unknown-command =
    ඒ command එක මම දන්නේ නැහැ. ප්‍රශ්නයක් නැහැ!
    ඔයාගේ ප්‍රශ්නය ලියන්න, පහළින් එකක් ඔබන්න, නැත්නම් /help බලන්න.
stale =
    ඒ button එක දැන් වැඩ කරන්නේ නැහැ. මොකුත් නැති වුණේ නැහැ.
    ආයෙත් අහන්න, නැත්නම් පහළින් එකක් ඔබන්න.
stale-toast = ඒ button එක පරණ වැඩියි. මෙන්න අලුත් ඒවා.

## Whether an answer helped (unreviewed)

helpful-toast = ස්තූතියි! ඒක දැනගත්ත එක හොඳයි.
unhelpful-toast = ඒක කිව්වට ස්තූතියි.
unhelpful =
    ඒකෙන් උදව්වක් වුණේ නැති එකට සමාවෙන්න.
    වෙන වචනවලින් අහන්න, නැත්නම් පහළින් එකක් ඔබන්න.

## More greetings, and thanks (unreviewed)

start-at-career = ආයුබෝවන්! 👋 මම රැකියා ගැන ප්‍රශ්නවලට උත්තර දෙනවා. ඕනෑම වෙලාවක ඔයාගේම වචනවලින් එකක් ලියන්න.
start-at-entry = ආයුබෝවන්! 👋 මම රැකියා ගැන ප්‍රශ්නවලට උත්තර දෙනවා. ඔයා බලන්න ආපු දේ මෙන්න. රැකියාවක් ගැන ඕනෑම ප්‍රශ්නයක් ලියන්න.
thanks = { $variant ->
    [0] ස්තූතියි කියන්න දෙයක් නැහැ! කැමති වෙලාවක තව අහන්න.
    [1] උදව් කරන්න ලැබුණ එක සතුටක්! 🙂 ඕනෑම වෙලාවක ආයෙත් එන්න.
   *[other] ඕනෑම වෙලාවක! තව මොනවා හරි දැනගන්න කැමතිද?
}

## Careers (unreviewed)

roles-title = මම දන්න රැකියා
roles-more = තව { $count }ක් තියෙනවා: buttons බලන්න, නැත්නම් රැකියාවේ නම ලියන්න.
roles-end = එකක් ඔබන්න, නැත්නම් ඒක ගැන ප්‍රශ්නයක් ලියන්න. තව රැකියා එයි.

## Asking, the source of an answer, and about the bot (unreviewed)

ask =
    Command එකට පස්සේ ඔයාගේ ප්‍රශ්නය ලියන්න, මේ වගේ:
    - /ask backend developer කෙනෙක් මොනවද කරන්නේ?
    නැත්නම් command එකක් නැතුව නිකන්ම ලියන්න.
source = මේක ගත්තේ මෙතනින්: { $source }, { $date }
source-dated = මේක ගත්තේ මෙතනින්: { $source }
about-title = මම ගැන
about =
    මම මනුස්සයෙක් නෙවෙයි, computer program එකක්. මාව පාවිච්චි කරන්න සල්ලි යන්නේ නැහැ.
    - මගේ උත්තර එන්නේ ගුරුවරුන්ට කියවලා හදන්න පුළුවන් list එකකින්.
    - ඒවා වැරදි වෙන්නත්, පරණ වෙන්නත් පුළුවන්. ඒ නිසා ලොකු තීරණයක් ගන්න කලින් ගුරුවරයෙක්ගෙනුත් අහන්න.
    - මට පින්තූර බලන්න, හඬ පණිවිඩ අහන්න, homework කරන්න, රස්සාවක් හොයලා දෙන්න බැහැ.

## The first meeting (unreviewed)

ask-career = ඔයා කැමති මොන රැකියාවටද?
button-help-me-choose = තෝරගන්න උදව් කරන්න
button-skip-question = Skip කරන්න
choose-career = හැම රැකියාවක් ගැනම එක පේළියක් මෙතන තියෙනවා. ඔයා වැඩියෙන්ම කැමති මොකටද? ඕනෑම වෙලාවක මාරු කරන්න පුළුවන්.
career-chosen = { $career }: හොයලා බලන්න හොඳ එකක්. 👍
ask-stands =
    ඔයා දැන් කොයි වසරේද, නැත්නම් මොනවද කරන්නේ?
    හරි තැනින් පටන් ගන්නයි මම මේක අහන්නේ.
stands = { $stands ->
    [grade-8-9] 8-9 වසර
    [ol] 10-11 වසර (O/L)
    [al] 12-13 වසර (A/L)
    [after-al] A/L ඉවරයි
    [university] කැම්පස් යනවා
    [working] රස්සාවක් කරනවා
   *[no] කියලා නැහැ
}
ask-known =
    මේකේ සමහර දේවල් ඔයා දැනටමත් දන්නවා ඇති: { $career }.
    ඒවා tick කරන්න, එතකොට ඊළඟට එන දේවල්වලට මම ඒවා ගන්නේ නැහැ.
button-tick-known = දන්න දේවල් tick කරන්න
button-from-beginning = මුල ඉඳන්
meet-roadmap = මේක තමයි ඔයාගේ පාර: { $career }. ඇතුළ බලන්න step එකක් ඔබන්න, නැත්නම් පොඩි task එකක් ගන්න "මගේ ඊළඟ step එක" ඔබන්න.
meet-end =
    කමක් නැහැ! 🙂
    රැකියාවක් ගැන ඕනෑම ප්‍රශ්නයක් ලියන්න, නැත්නම් පහළින් එකක් ඔබන්න.
welcome-back =
    ආයෙත් ආපු එක හොඳයි! 👋 ඔයාගේ රැකියාව: { $career }
    ඕනෑම ප්‍රශ්නයක් ලියන්න, නැත්නම් මෙතනින් ඉස්සරහට යන්න.
career-switched = { $before }: ඒකේ ඔයා mark කරපු දේවල් එහෙමම තියෙනවා. ඕනෑම වෙලාවක ඒකට ආපහු යන්න පුළුවන්.
button-walk = මේ රැකියාව තෝරගන්න
roles-choose = රැකියාවක් ඔයාගේ කරගන්න: ඒක ඔබන්න, ඊට පස්සේ Roadmap ඔබන්න, ඊට පස්සේ "{ $label }" ඔබන්න.
ask-has =
    පළවෙනි task එකට කලින්: ඉගෙනගන්න ඔයාට තියෙන්නේ මොනවද?
    එතකොට මම ඔයාට කරන්න පුළුවන් tasks තෝරනවා. මේකෙන් පස්සේ: { $step }
has = { $has ->
    [phone] ෆෝන් එකක් විතරයි
    [sometimes] සමහර වෙලාවට computer එකක්
    [always] හැම වෙලේම computer එකක්
   *[no] කියලා නැහැ
}
task-no-phone = මේ task එකට computer එකක් හරි video එකක් හරි ඕනේ. ෆෝන් එකෙන් කරන්න පුළුවන් එකක් හොයන්න "මගේ ඊළඟ step එක" ඔබන්න.

## The settings (unreviewed)

settings-title = ඔයා මට කිව්ව දේවල්
settings-no-career = රැකියාව: තෝරලා නැහැ
settings-career = රැකියාව: { $career }
settings-careers = රැකියාව: { $career } (කලින්: { $others })
settings-stands = ඔයා දැන්: { $stands }
settings-has = ඉගෙනගන්න තියෙන දේ: { $has }
settings-kept = { $date } ඉඳන් මම මේවයි ඔයාගේ progress එකයි තියාගන්නවා.
settings-not-kept = තාම මම මේවා තියාගන්නේ නැහැ: පැයකින් මට අමතක වෙනවා. මේවයි ඔයාගේ progress එකයි මම තියාගන්නද?
settings-changed = ✅ වෙනස් කළා.
settings-change = { $part ->
    [career] රැකියාව මාරු කරන්න
    [stands] මගේ වසර මාරු කරන්න
   *[has] මට තියෙන දේ මාරු කරන්න
}
settings-career-title = ඔයාගේ රැකියාව විදිහට ගන්න ඕනේ කොයි එකද? අනිත් ඒවායේ ඔයා mark කරපු දේවල් එහෙමම තියෙනවා.
settings-stands-title = ඔයා දැන් කොයි වසරේද, නැත්නම් මොනවද කරන්නේ?
settings-has-title = ඉගෙනගන්න ඔයාට තියෙන්නේ මොනවද?
button-not-say = කියන්න කැමති නැහැ

## Whether progress may be kept (unreviewed)

keep-title = ඔයාගේ progress එක මම තියාගන්නද?
keep =
    ඔව් කිව්වොත්, ඔයාගේ රැකියාව, ඔයා දෙන උත්තර, ඔයා tick කරන, mark කරන දේවල්, ඔයාගේ සටහන්, ඔයා මෙතනට ආපු වෙලාවල් මම තියාගන්නවා, ඔයා /forget කියනකම්.
    ඒවා මම වෙන කාටවත් පෙන්නන්නේ නැහැ. වයස 18ට අඩුද? මේක අම්මට හරි තාත්තට හරි පෙන්නන්න: මම මොකක්ද කියලා /parents එකේ තියෙනවා, මම තියාගන්නේ මොනවද කියලා /privacy එකේ තියෙනවා.
    ඔව් කිව්වේ නැතත් ඔයාට ඔක්කොම කියවන්නයි අහන්නයි පුළුවන්.
not-kept = හරි, මම මොකුත් තියාගන්නේ නැහැ. ඔයාට ඔක්කොම කියවන්නයි අහන්නයි පුළුවන්.
button-keep = මගේ progress එක තියාගන්න
button-not-now = දැන් එපා

## The roadmap with its marks (unreviewed)

status-todo = කරන්න තියෙනවා
status-begun = පටන් අරන්
status-done = ඉවරයි
status-skipped = skip කරලා
status-known = දැනටමත් දන්නවා
tally-done = step { $steps }න් { $done }ක් ඉවරයි
tally-begun = { $count }ක් පටන් අරන්
tally-known = { $count }ක් දැනටමත් දන්නවා
tally-skipped = { $count }ක් skip කරලා
step-status = { $mark } { $status } · task { $tasks }න් { $ticked }ක් tick කරලා
all-ticked = ඔක්කොම tasks tick කරලා. Step එක ඉවරද? එහෙනම් "ඉවරයි" ඔබන්න.
note-line = ✎ ඔයාගේ සටහන: { $note }
task-ticked = ✅ මේ task එක ඔයා tick කරලා.
button-done = ✅ ඉවරයි
button-skip = ⏭️ Skip කරන්න
button-skip-step = ⏭️ මුළු step එකම skip
button-know-step = 💡 මේ step එක දන්නවා
button-know = 💡 මේක දැනටමත් දන්නවා
button-clear = ↩️ Mark එක අයින් කරන්න
button-tick = ✅ මම කළා: tick කරන්න
button-untick = ↩️ Tick එක අයින් කරන්න
button-note = ✎ සටහනක් ලියන්න
button-note-change = ✎ මගේ සටහන වෙනස් කරන්න
button-next-step = ඊළඟ step එක ›
button-undo = ↩️ ආපහු ගන්න (undo)
button-redo = ආයෙත් දාන්න
button-beside = මේකත් එක්කම: { $step }
known-title = ඔයා දැනටමත් දන්නේ මොනවද?
known-list =
    දන්න දේවල් ඔබන්න. ඊළඟට එන දේවල්වලට මම ඒවා ගන්නේ නැහැ.
    ඒක ආපහු ගන්න ඕනේ නම් ආයෙත් ඔබන්න.
known-stage = { $mark } ඔක්කොම: { $title }

## When something is marked (unreviewed)

ticked-toast = Tick කළා: task { $tasks }න් { $count }ක්.
unticked-toast = Tick එක අයින් කළා: task { $tasks }න් { $count }ක්.
ticked = ✅ Tick කළා: { $task }
ticked-already = මේක කලින්ම tick කරලා: { $task }
ticked-count = මේ step එකේ task { $tasks }න් { $count }ක්.
task-of-step = { $step }, task { $number }
marked-done = ✅ ඉවරයි කියලා mark කළා: { $steps }
marked-skipped = ⏭️ Skip කළා: { $steps }. ඕනෑම වෙලාවක ආපහු එන්න පුළුවන්.
marked-known = 💡 ඔයා දැනටමත් දන්නවා: { $steps }. ඊළඟට එන දේවල්වලට මම ඒක ගන්නේ නැහැ.
already-done = කලින්ම ඉවරයි කියලා mark කරලා: { $steps }
already-skipped = කලින්ම skip කරලා: { $steps }
already-known = කලින්ම දන්නවා කියලා mark කරලා: { $steps }
which-done = නියමයි! 🎉 ඔයා ඉවර කළේ කොයි එකද?
which-skip = Skip කරන්න ඕනේ කොයි එකද?
which-know = ඔයා දැනටමත් දන්නේ කොයි එකද?
choice-pause = { $day } වෙනකම් pause කරන්න
stage-ended = 🎉 "{ $stage }" කොටසේ අන්තිම step එක තමයි ඒ. නියමයි!
changed-since = ඊට පස්සේ roadmap එක වෙනස් වුණා, ඒ නිසා මම මොකුත් mark කළේ නැහැ. ඔයා කලින් කරපු දේවල් එහෙමම තියෙනවා.
something-retired = දැන් roadmap එකේ නැති step එකක්

undone-ticked = ↩️ Tick එක ආපහු ගත්තා: { $what }.
undone-unticked = ↩️ Tick එක ආයෙත් දැම්මා: { $what }.
undone-done = ↩️ දැන් ඉවරයි කියලා mark කරලා නැහැ: { $what }.
undone-skipped = ↩️ දැන් skip කරලා නැහැ: { $what }.
undone-known = ↩️ දැන් දන්නවා කියලා mark කරලා නැහැ: { $what }.
undone-cleared = ↩️ Mark එක ආයෙත් දැම්මා: { $what }.
undone-restarted = ↩️ ඔයාගේ marks ආයෙත් තියෙනවා.
undone-noted = ↩️ සටහන දැන් කලින් තිබුණ විදිහටම තියෙනවා: { $what }.
undone-named = ↩️ නම දැන් කලින් තිබුණ විදිහටම තියෙනවා.
undone-answer = ↩️ ඔයාගේ උත්තරය දැන් කලින් තිබුණ විදිහටම තියෙනවා. /settings එකෙන් බලන්න පුළුවන්.
undone-undone = ↩️ ආයෙත් දැම්මා.
undone-below = ↩️ ආපහු ගත්තා. දැන් ඒකෙන් මොකුත් වෙනස් වෙන්නේ නැහැ, ඔයා පස්සේ ආයෙත් mark කරපු නිසා: { $what }.
nothing-to-undo-there = එතන මොකුත් mark කරලා නැහැ, ඒ නිසා ආපහු ගන්න දෙයක් නැහැ: { $steps }.
nothing-to-undo = ආපහු ගන්න දෙයක් නැහැ.

restart =
    { $career }: ඔයාගේ marks ඔක්කොම අයින් කරලා මුල ඉඳන් පටන් ගන්නද?
    ඔයාගේ සටහන් එහෙමම තියෙනවා. මේක ආපහු ගන්නත් පුළුවන්.
button-restart = ඔව්, මුල ඉඳන්
restarted = ඔයා මුල ඉඳන් පටන් ගන්නවා: { $career }. ඔයාගේ සටහන් තාම තියෙනවා.
nothing-to-restart = ඔයා තාම මොකුත් mark කරලා නැහැ, ඒ නිසා ඔයා දැනටමත් ඉන්නේ මුලම තමයි.

## The next task (unreviewed)

next-heading = ඔයාගේ ඊළඟ task එක · { $step }
next-begun = ඇයි මේක: ඔයා මේ step එක පටන් අරන්, task { $tasks }න් { $ticked }ක් tick කරලා.
next-first = ඇයි මේක: ඔයා තාම ඉවර නොකරපු පළවෙනි step එක පටන් ගන්නේ මේකෙන්.
next-phone = ඇයි මේක: මේකට ෆෝන් එකක් ඇති. මීට කලින් තියෙන ඒවාට computer එකක් හරි video එකක් හරි ඕනේ.
next-computer = ඇයි මේක: ඊළඟට එන්නේ මේක. මේකට computer එකක් හරි video එකක් හරි ඕනේ: ඉස්කෝලේ එකකින් කරන්න, නැත්නම් skip කරන්න.
next-beside-only = ඇයි මේක: ඉතුරු වෙලා තියෙන්නේ මේ දිග course එක විතරයි.
way-finished = 🎉 ඔයා මුළු roadmap එකම ඉවර කළා: { $career }. නියමයි!
way-finished-but-skipped = { $career }: ඔයා skip කරපු ඒවා ({ $skipped }) ඇරෙන්න වෙන කරන්න දෙයක් නැහැ. ඒවා roadmap එකේ තියෙනවා.

## What is kept about a student, as a file (unreviewed)

export =
    මම ඔයා ගැන තියාගෙන ඉන්න ඔක්කොම මේ file එකේ තියෙනවා. ඕනෑම browser එකකින් හරි text editor එකකින් හරි ඒක බලන්න පුළුවන්.
    File එක ළඟ තියෙන ඕනෑම කෙනෙක්ට ඒක කියවන්න පුළුවන්, ඒ නිසා ඒක ඔයා ළඟ විතරක් තියාගන්න.
export-nothing =
    ඔයාට දෙන්න දෙයක් නැහැ: ඔයා ගැන මොකුත් save කරලා නැහැ.
    අපි අන්තිමට කතා කරපු දේ පැයක් memory එකේ තියෙනවා. මේ පණිවිඩය උත්තර දුන්න ගමන්ම මැකෙනවා.

## Erasing all that is kept about a student (unreviewed)

forget-title = මම ඔයාව අමතක කරන්නද?
forget-careers = ඔයාගේ රැකියා: { $careers }
forget-marks = { $count ->
    [one] ඔයා පටන් ගත්ත, නැත්නම් mark කරපු step { $count }ක්
   *[other] ඔයා පටන් ගත්ත, නැත්නම් mark කරපු step { $count }ක්
}
forget-ticks = { $count ->
    [one] Tick කරපු task { $count }ක්
   *[other] Tick කරපු task { $count }ක්
}
forget-notes = { $count ->
    [one] සටහන් { $count }ක්
   *[other] සටහන් { $count }ක්
}
forget-rest = මගේ ප්‍රශ්නවලට ඔයා දුන්න උත්තර, ඒ ඇරෙන්න ඔයා ගැන මම තියාගෙන ඉන්න අනිත් ඔක්කොම
forget =
    මම ඒවා එවෙලේම මකනවා. ඒක ආපහු ගන්න බැහැ. Backup copies සති දෙකක් ඇතුළත මැකෙනවා.
    ඊට කලින් ඒවා ඕනේ නම්, ඔයාගේ data file එකක් විදිහට ගන්න.
button-forget = ඔක්කොම මකන්න
button-forget-not = තියාගන්න
forget-not = හරි, ඔක්කොම තිබුණ විදිහටම තියෙනවා.
forget-nothing =
    මකන්න දෙයක් නැහැ: ඔයා ගැන මොකුත් save කරලා නැහැ.
    අපි අන්තිමට කතා කරපු දේ පැයක් memory එකේ තියෙනවා. අපේ පණිවිඩ මකන්න ඕනේ නම්, ඔයාගේ app එකෙන් මේ chat එක delete කරන්න.
forgotten =
    හරි: දැන් මම ඔයා ගැන මොකුත් තියාගෙන නැහැ. Backup copies සති දෙකක් ඇතුළත මැකෙනවා.
    අපේ පණිවිඩත් මකන්න ඕනේ නම්, ඔයාගේ app එකෙන් මේ chat එක delete කරන්න. කැමති වෙලාවක ආයෙත් එන්න පුළුවන්.

## After two years without a word (unreviewed)

lapse =
    ඔයා අවුරුදු දෙකක් මෙතනට ආවේ නැහැ, ඒ නිසා මම තව දවස් 30කින් ඔයාගේ progress එක මකනවා.
    ඒක තියාගන්න කැමතිද? 'තියාගන්න' ඔබන්න. කොයි එක වුණත් කමක් නැහැ.
button-lapse-keep = තියාගන්න
button-lapse-erase = දැන්ම මකන්න

## How far a student is (unreviewed)

progress-title = ඔයාගේ progress එක: { $career }
progress-none =
    තාම මොකුත් mark කරලා නැහැ, ඒකට කමක් නැහැ: හැමෝම පටන් ගන්නේ මෙතනින්.
    පොඩි task එකක් tick කරන්න, එතකොට ඔයා කොච්චර දුර ඇවිල්ලද කියලා මම පෙන්නනවා.
progress-week = මේ සතියේ: { $done }
progress-week-none = මේ සතියේ තාම මොකුත් mark කරලා නැහැ. ඔයාගේ වේගෙන් යන්න: කලින් කරපු ඔක්කොම එහෙමම තියෙනවා.
progress-all = ඔක්කොම එකතුව: { $tally }
progress-tasks = { $count ->
    [one] task { $count }ක් tick කරලා
   *[other] task { $count }ක් tick කරලා
}
progress-steps = { $count ->
    [one] step { $count }ක් ඉවරයි
   *[other] step { $count }ක් ඉවරයි
}
progress-days = { $count ->
    [one] මේ වෙනකම් දවස් { $count }කදී මොනවා හරි කරලා තියෙනවා.
   *[other] මේ වෙනකම් දවස් { $count }කදී මොනවා හරි කරලා තියෙනවා.
}
progress-gone = { $count ->
    [one] ඔයා කරපු, ඒත් දැන් roadmap එකේ නැති step { $count }කුත් තියෙනවා.
   *[other] ඔයා කරපු, ඒත් දැන් roadmap එකේ නැති step { $count }කුත් තියෙනවා.
}
progress-next = ඊළඟට: { $step }. විනාඩි { $minutes }ක් විතර: { $task }
progress-through = මෙතන තව කරන්න දෙයක් නැහැ. ඔක්කොම roadmap එකේ තියෙනවා. 🎉
button-draw = මගේ progress එකේ පින්තූරේ

## The picture of the way (unreviewed)

drawn-title = මගේ පාර: { $career }
drawn-here = ඔයා ඉන්නේ මෙතන
drawn-at = ඔයා ඉන්නේ මෙතන: { $step }
shared-at = මම ඉන්නේ මෙතන: { $step }
drawn-stage = { $title }: step { $steps }න් { $done }ක් ඉවරයි
drawn-date = { $year } { $month ->
    [1] ජනවාරි
    [2] පෙබරවාරි
    [3] මාර්තු
    [4] අප්‍රේල්
    [5] මැයි
    [6] ජූනි
    [7] ජූලි
    [8] අගෝස්තු
    [9] සැප්තැම්බර්
    [10] ඔක්තෝබර්
    [11] නොවැම්බර්
   *[other] දෙසැම්බර්
} { $day }
drawing-failed = සමාවෙන්න, මට දැන් ඒක අඳින්න බැහැ. ඒ ටිකම වචනවලින් මෙන්න.
button-share = Share කරන්න
button-name = මගේ නම දාන්න
button-name-change = මගේ නම වෙනස් කරන්න
button-name-off = මගේ නම අයින් කරන්න
button-see-roadmap = මේ roadmap එක බලන්න

## Notes, and the name on the picture (unreviewed)

write-note-title = ඔයාගේ සටහන: { $step }
write-note =
    දැන් ඒක ලියලා එවන්න. අකුරු { $limit }ක් වෙනකම් පුළුවන්.
    මම ඒක පෙන්නන්නේ ඔයාට විතරයි, මේ step එකේදී.
write-note-so-far = අලුත් සටහනක් ලිව්වොත්, මේක වෙනුවට ඒක එනවා:
write-name-title = ඔයාගේ පින්තූරේට නමක්
write-name =
    දැන් ඒක ලියලා එවන්න. අකුරු { $limit }ක් වෙනකම් පුළුවන්.
    Nickname එකක් තමයි හොඳම, සම්පූර්ණ නම නෙවෙයි: පින්තූරේ ලැබෙන ඕනෑම කෙනෙක්ට ඒක කියවන්න පුළුවන්.
write-name-so-far = දැන් තියෙන නම: { $name }
write-too-long = ඒක දිග වැඩියි: අකුරු { $count }ක් තියෙනවා, පුළුවන් { $limit }ක් විතරයි. මොකුත් වෙනස් වුණේ නැහැ. කෙටි එකක් එවන්න.
write-empty = ඒකේ වචන තිබුණේ නැහැ. මොකුත් වෙනස් වුණේ නැහැ. ආයෙත් ලියන්න, නැත්නම් "Cancel කරන්න" ඔබන්න.
write-cancelled = හරි, මොකුත් වෙනස් වුණේ නැහැ.
noted = ✎ සටහන තියාගත්තා: { $step }
note-deleted = ✎ ඔයාගේ සටහන අයින් කළා: { $step }
note-none = මෙතන ඔයාගේ සටහනක් නැහැ: { $step }
note-retired = ඒ step එක දැන් roadmap එකේ නැහැ, ඒ නිසා මම සටහන තියාගත්තේ නැහැ. ඔයා කලින් කරපු දේවල් එහෙමම තියෙනවා.
named = දැන් ඔයාගේ පින්තූරේ තියෙන නම: { $name }
name-off = ඔයාගේ නම පින්තූරෙන් අයින් කළා. ඔයා කලින් share කරපු ඒවායේ නම තාම තියෙනවා.
name-none = ඔයාගේ පින්තූරේ නමක් නැහැ.
button-cancel = Cancel කරන්න
button-note-delete = මගේ සටහන මකන්න

## When something cannot be kept (unreviewed)

not-saved-toast = දැන් මට මොකුත් save කරන්න බැහැ. ඔයා ඔබපු එක නැති වෙන්නේ නැහැ, පුළුවන් වුණ ගමන්ම මම ඒක බලනවා.
not-saved-yet =
    දැන් මට මොකුත් save කරන්න බැහැ. ඔයාගේ පණිවිඩය නැති වෙන්නේ නැහැ, පුළුවන් වුණ ගමන්ම මම ඒක බලනවා.
    ටිකකින් ආයෙත් උත්සාහ කරන්නත් පුළුවන්.
not-saved =
    සමාවෙන්න, මට ඒක save කරන්න බැරි වුණා. මොකුත් වෙනස් වුණේ නැහැ.
    විනාඩියකින් ආයෙත් උත්සාහ කරන්න.
not-kept-toast = ඒක දැන් කරන්න බැරි වුණා. විනාඩියකින් ආයෙත් උත්සාහ කරන්න.
not-read =
    සමාවෙන්න, මට දැන් ඔයාගේ progress එක බලන්න බැහැ. මොකුත් නැති වුණේ නැහැ.
    විනාඩියකින් ආයෙත් උත්සාහ කරන්න.

## The daily reminder: asking for it (unreviewed)

nudge-ask =
    මට දවසට පොඩි task එකක් ඔයාට එවන්න පුළුවන්. කීයටද එවන්න ඕනේ?
    වෙලාවක් ඔබන්න, නැත්නම් 'හවස 6.15' වගේ එකක් ලියන්න.
nudge-ask-once =
    එක පාරක් විතරක් මතක් කරන්න මට බැහැ. දවසට පොඩි task එකක් නම් එවන්න පුළුවන්. කීයටද එවන්න ඕනේ?
    වෙලාවක් ඔබන්න, නැත්නම් 'හවස 6.15' වගේ එකක් ලියන්න.
nudge-time-unclear =
    ඒ වෙලාව මට තේරුණේ නැහැ. 7.15 pm, 6:30 වගේ එකක් ලියන්න, නැත්නම් එකක් ඔබන්න.
nudge-type-time =
    වෙලාව ලියන්න, 'හවස 6.15', '6:30' වගේ.
    දවස් ලියන්නත් පුළුවන්: 'සතියේ දවස්', 'සඳුදා බදාදා සිකුරාදා'.
nudge-either = උදේද, හවසද?
nudge-quiet =
    { $sleeps } ඉඳන් { $wakes } වෙනකම් මම මොකුත් එවන්නේ නැහැ, ඔයාට නිදාගන්න ඕන නිසා.
    කීයටද එවන්න ඕනේ?
nudge-days = මොන දවස්වලද?
nudge-pause =
    කොච්චර කාලෙකටද? ඒ අතරේ මොකුත් නැති වෙන්නේ නැහැ.
    ලියන්නත් පුළුවන්: 'දෙසැම්බර් 15 වෙනකම් නවත්තන්න'.
nudge-title = ඔයාගේ දවසේ task එක
nudge-plan = { $days } { $time }ට පොඩි task එකක්.
nudge-off = දවසේ task එක: එවන්නේ නැහැ
nudge-on-days = { $days ->
    [every] හැමදාම
    [weekdays] සඳුදා ඉඳන් සිකුරාදා වෙනකම්
    [weekends] සෙනසුරාදයි ඉරිදයි
   *[listed] { $listed } දවස්වල
}
nudge-zone = ඔයාගේ වෙලාව: දැන් { $time } ({ $place }).
nudge-look-back-on = ඉරිදාට task එක වෙනුවට ඔයාගේ සතිය එවනවා.
nudge-next = ඊළඟ එක: { $when }.
nudge-set = ✅ හරි. ඕනෑම වෙලාවක ඒක වෙනස් කරන්න හරි නවත්තන්න හරි පුළුවන්.
nudge-changed = ✅ වෙනස් කළා.
nudge-resumed = ✅ ආයෙත් එවනවා.
nudge-paused = ⏸ නවත්තලා තියෙන්නේ { $day } වෙනකම්.
nudge-pause-guessed = කොච්චර කාලෙකටද කියලා හරියටම තේරුණේ නැති නිසා මම දවස් { $days }ක් ගත්තා. 'දෙසැම්බර් 15' වගේ දිනයක් ලියන්නත් පුළුවන්.
nudge-stopped = නැවැත්තුවා. මම තවත් දවසේ tasks එවන්නේ නැහැ. ඔයා කරපු දේවල් එහෙමම තියෙනවා.
nudge-none = මතක් කරන එක off කරලා තියෙන්නේ: නවත්තන්න දෙයක් නැහැ.
nudge-offer = මම දවසට පොඩි task එකක් ඔයාට එවන්නද? වෙලාව තෝරන්නේ ඔයා. එක button එකක් ඔබලා ඒක නවත්තන්නත් පුළුවන්.
nudge-offer-no = හරි, මම එවන්නේ නැහැ. කවදා හරි ඕනේ වුණොත්: /nudge
when-today = අද { $time }ට
when-tomorrow = හෙට { $time }ට
when-weekday = { $weekday } { $time }ට
when-date = { $date }, { $weekday } { $time }ට
weekday = { $day ->
    [1] සඳුදා
    [2] අඟහරුවාදා
    [3] බදාදා
    [4] බ්‍රහස්පතින්දා
    [5] සිකුරාදා
    [6] සෙනසුරාදා
   *[other] ඉරිදා
}
weekday-short = { $day ->
    [1] සඳුදා
    [2] අඟහ
    [3] බදාදා
    [4] බ්‍රහස්
    [5] සිකු
    [6] සෙන
   *[other] ඉරිදා
}
button-nudge-ask = වෙලාව වෙනස් කරන්න
button-nudge-other = වෙන වෙලාවක්
button-pause-days = { $days ->
    [7] සතියකට
    [14] සති 2කට
   *[other] මාසෙකට
}
button-nudge-days = දවස් වෙනස් කරන්න
button-nudge-pause = ⏸ Pause කරන්න
button-nudge-resume = ▶️ ආයෙත් එවන්න
button-nudge-stop = නවත්තන්න
button-nudge-change = වෙනස් කරන්න
button-nudge-look = { $state ->
    [on] ඉරිදාට: මගේ සතිය එවන්න
   *[off] ඉරිදාට: මගේ සතිය එවන්න එපා
}
button-nudge-morning = උදේ { $time }
button-nudge-evening = හවස { $time }
button-nudge-instead = ඒ වෙනුවට { $time }ට
button-nudge-again = ආයෙත් on කරන්න: { $time }
button-offer-yes = ඔව්, වෙලාවක් තෝරන්න
button-offer-no = එපා, ස්තූතියි
undone-nudge = ↩️ ඔයාගේ දවසේ task එක දැන් කලින් තිබුණ විදිහටම තියෙනවා. /nudge එකෙන් බලන්න පුළුවන්.

## The daily reminder itself (unreviewed)

nudge-opening = { $wording ->
    [0] අද ඔයාගේ පොඩි task එක: විනාඩි { $minutes }ක් විතර.
    [1] විනාඩි { $minutes }ක් තියෙනවද? මෙන්න ඔයාගේ ඊළඟ task එක.
    [2] අදට එක පොඩි දෙයක්. ඒකට විනාඩි { $minutes }ක් විතර යනවා.
    [3] ඊළඟ task එක ලෑස්තියි: විනාඩි { $minutes }ක් ඇති.
    [4] විනාඩි { $minutes }ක task එකක්, අද ඔයාට හොඳ වෙලාවක කරන්න.
    [5] ඊළඟට කරන්න තියෙන්නේ මේක: විනාඩි { $minutes }ක් විතර.
   *[other] අද තව පියවරක් ඉස්සරහට: විනාඩි { $minutes }ක් විතර යනවා.
}
nudge-again = ඔයා කිව්ව විදිහටම, මෙන්න ආයෙත් ඔයාගේ task එක: විනාඩි { $minutes }ක් විතර.
nudge-rarer = දැන් ටිකක් busy ද? කමක් නැහැ: දැන් ඉඳන් මම අඩුවෙන් ලියන්නම්, ඔයා මට ලිව්වාම ආයෙත් කලින් වගේ.
nudge-later = අද ආයෙත් එවන්න ඕනේ කීයටද?
nudge-moved = හරි, මම ඒක ආයෙත් එවන්නම්: { $when }.
nudge-still-comes = අද මතක් කරන එක තව එන්න තියෙනවා.
nudge-later-once = මම අද ඒක දෙවෙනි පාරටත් එව්වා, ඒ නිසා අදට එච්චරයි.
nudge-too-late = අදට දැන් රෑ වෙලා, ඒකට කමක් නැහැ.
nudge-not-today = හරි, අද තව එවන්නේ නැහැ.
nudge-last =
    දැන් ඉඳන් මම නිහඬයි: තවත් මතක් කරන්නේ නැහැ.
    ආයෙත් ඕනේද? මට මොනවා හරි ලියන්න, නැත්නම් button එක ඔබන්න.
nudge-finished =
    🎉 ඔයා roadmap එකේ අන්තිමටම ආවා: { $career }. නියමයි!
    ඒකට මම තවත් දවසේ tasks එවන්නේ නැහැ.
look-back-title = ඔයාගේ සතිය
look-back-step = ඉවරයි: { $step }
look-back-none = නිස්කලංක සතියක්. කලින් කරපු ඔක්කොම එහෙමම තියෙනවා.
look-back-next = ඔයාගේ ඊළඟ පොඩි task එක, විනාඩි { $minutes }ක් විතර: { $step }.
button-nudge-done = ✅ ඉවරයි
button-nudge-later = පස්සේ
button-nudge-no = අද එපා
button-nudge-in = { $choice ->
    [60] පැයකින්: { $when }
    [180] පැය 3කින්: { $when }
   *[evening] හවස: { $when }
}

## The student's time zone (unreviewed)

zone-ask =
    ඔයා ඉන්නේ කොහේද? ඔයාගේ නගරය හරි රට හරි ලියන්න, 'කොළඹ', 'ඉතාලිය' වගේ.
    නැත්නම් ඔයා ඉන්න තැන දැන් වෙලාව කීයද කියලා ලියන්න.
zone-which = මේවයින් කොයි එකද? ඒක ඔබන්න, නැත්නම් ඔයාගේ නගරය ලියන්න.
zone-unclear =
    ඒ තැන මම දන්නේ නැහැ. ළඟම තියෙන ලොකු නගරයක් හරි ඔයාගේ රට හරි ලියන්න.
    නැත්නම් එහේ දැන් වෙලාව කීයද කියලා ලියන්න.
zone-set = ✅ දැන් ඉඳන් ඔයාගේ වෙලාව { $place } වෙලාව: { $time }.
button-zone = මගේ නගරය වෙනස් කරන්න
button-zone-stays = { $place }: දැන් { $time }
