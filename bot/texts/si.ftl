### Sinhala. unreviewed: no native speaker has read this file yet.
### What is missing here is said in English.

## Greeting (unreviewed)

start =
    ආයුබෝවන්! 👋 මම පාසල් ළමයින්ගේ රැකියා ගැන ප්‍රශ්නවලට උත්තර දෙනවා.
    ඔයාගේම වචනවලින් ප්‍රශ්නයක් ලියන්න, නැත්නම් පහළින් එකක් ඔබන්න.
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
