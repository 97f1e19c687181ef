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

## Distress (unreviewed)

button-erase = මේ පණිවිඩ මකන්න
button-misread = මම අදහස් කළේ ඒක නෙවෙයි
