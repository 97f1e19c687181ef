### Every word the bot says of its own, in English: the catalogue that has every text.
### Short, warm, plain words that a 14-year-old reads at once. Lines that begin with '- ' become bullets.

## Names of functions, on buttons

function-ask = Ask a question
function-roles = Careers
function-duties = Daily duties
function-roadmap = Roadmap
function-resources = Free resources
function-next-step = My next step
function-mark-done = Mark a step done
function-skip-step = Skip a step
function-know-step = I know some already
function-undo = Undo
function-progress = My progress
function-start-again = Start again
function-settings = Settings
function-nudge-set = Daily reminder
function-nudge-stop = Stop reminders
function-start = Start
function-help = Help
function-parents = For parents
function-privacy = Privacy
function-about-bot = About me
function-export = Get my data
function-forget-me = Forget me
function-greeting = Say hello
function-thanks = Say thanks

## What each command does: a line in the help and in the menu of the chat

help-ask = ask a question, such as '/ask how do I start?'
help-roles = the careers I know
help-duties = what people do at work, day by day
help-roadmap = how to start, step by step
help-resources = free things to learn from
help-next-step = the one thing to do now
help-mark-done = mark a step done: '/done python'
help-skip-step = skip a step: '/skip python'
help-know-step = steps you know already: '/know python'
help-undo = take back what you marked last
help-progress = how far you are, also as a picture
help-start-again = begin the roadmap again
help-settings = your career, where you are, what you have
help-nudge-set = a reminder with one small task a day: '/nudge 7pm'
help-nudge-stop = stop or pause the daily reminder
help-start = begin again
help-help = this list
help-parents = one page for parents
help-privacy = what I keep and for how long
help-about-bot = who I am
help-export = all that I keep about you, as a file
help-forget-me = delete all that I keep about you

help-title = How to ask me
help-intro =
    Just type your question in your own words. Spelling mistakes are fine. English, Sinhala and Tamil are fine too.
help-careers = About careers
help-way = Your own way
help-bot = About me
help-line = /{ $command }: { $does }

## Names of the sides of a career, on buttons

facet-overview = What is it?
facet-duties = Daily duties
facet-roadmap = Roadmap
facet-resources = Free resources
facet-fit = Is it for me?
facet-pay = Pay
facet-employers = Who hires?
facet-languages = Programming languages
facet-fundamentals = The basics

## Example questions

example-overview = What do { $career }s do?
example-pay = How does it pay?
example-roadmap = How do I start?

## Other buttons

button-helpful = Helpful 👍
button-unhelpful = Not helpful 👎
button-back = ‹ Back
button-next = Next ›
button-before = ‹ Task before
button-next-task = Next task ›
button-back-to-step = ‹ Back to the step
button-tasks = { $count } small tasks ›
button-none = None of these
button-erase = Erase these messages
button-misread = That is not what I meant
button-private = Ask in private
button-more-in-private = More about it in private
button-ask-yourself = Ask me yourself
list-item = { $number }. { $title }

## Answers

title-of-career = { $career }: { $title }
career-line = { $title }: { $summary }
stage-line = { $title }: { $text }
source = Source: { $source }, { $date }
source-dated = Source: { $source }
only-english = I have this answer only in English so far.
step-why = Why: { $why }
step-done = You are done when { $done }
step-hours = About { $least } to { $most } hours in all.
step-hours-exact = { $hours ->
    [one] About 1 hour in all.
   *[other] About { $hours } hours in all.
}
step-tasks = { $tasks } small tasks; { $phone } of them need only a phone or paper.
task-title = Task { $number } of { $count }: { $step }
task-minutes = About { $minutes } minutes.
task-phone = A phone or paper is enough.
task-computer = You need a computer.
task-data-none = No mobile data needed.
task-data-little = Uses a little mobile data.
task-data-video = Has video: use Wi-Fi if you can.
resource-cost = Cost: { $cost }
resource-link = Open { $title }

## When a question may mean several things

choices = Did you mean one of these?
none-of-these =
    Sorry, then I did not get it.
    Try it in other words, or tap one of these.

## When several messages came in a row

also-asked = You also asked:
also-unknown = { $career }: I do not know that career yet.

## When there is no answer

unknown-role = { $career }: good that you ask. I do not know that career yet, so I will not guess. These I know:
unknown-role-unnamed = I do not know that career yet, so I will not guess. These I know:
off-topic =
    That is outside what I know. I only know about careers.
    Ask me something like this:
not-understood =
    Sorry, I did not understand that.
    Try it in other words, or tap one of these.
wordless =
    I read words best. 🙂
    Type a question about a career, or tap one of these.
attached-picture =
    I cannot see pictures or videos. I only read words.
    Type your question in words, or tap one of these.
attached-voice =
    I cannot hear voice messages. I only read words.
    Type your question in words, or tap one of these.
attached-whereabouts =
    I never need a place, an address or a phone number, and I kept none of it. You may delete that message.
    Type a question about a career, or tap one of these.
attached-sticker =
    Nice one! 🙂 I cannot answer with stickers, but with words I can.
    Type a question about a career, or tap one of these.
attached-other =
    I cannot open that. I only read words.
    Type your question in words, or tap one of these.
failed = Sorry, that went wrong on my side. It is not your fault. Please ask again in a minute.
not-saved-toast = I cannot save anything right now. Your tap waits, and I take it up as soon as I can.
not-saved-yet =
    I cannot save anything right now. Your message waits, and I take it up as soon as I can.
    You may also try again later.
unknown-command =
    I do not know that command. No problem!
    Just type your question, tap one below, or see /help.
stale =
    That button does not work any more. Nothing is lost.
    Ask again, or tap one of these.
stale-toast = That button is too old. Here are new ones.

## Whether an answer helped

helpful-toast = Thank you! Good to know.
unhelpful-toast = Thank you for telling me.
unhelpful =
    Sorry that this did not help.
    Ask it in other words, or tap one of these.

## Distress

helpline = { $name }: { $number }
misread =
    OK, then I read it wrong. Sorry!
    Ask me in other words, or tap one of these.
erased-toast = Erased.
erase-by-hand = I cannot delete that any more. Press long on the message, then tap Delete.

## Greetings and thanks

start =
    Hello! 👋 I answer questions about careers, for students.
    Type a question in your own words, any time.
start-can-do =
    - what people do at work, day by day
    - whether it may suit you
    - how to start, step by step, for free
start-at-career = Hello! 👋 I answer questions about careers. Type one in your own words, any time.
start-at-entry = Hello! 👋 I answer questions about careers. Here is what you came for. Type any question about a career.
greeting = { $variant ->
    [0] Hello! 👋 What would you like to know about a career?
    [1] Hi, nice to see you! Ask me anything about a career.
   *[other] Hey! 👋 Good that you are here. What would you like to know?
}
thanks = { $variant ->
    [0] You are welcome! Ask me more whenever you like.
    [1] Happy to help! 🙂 Come back any time.
   *[other] Any time! Is there something else you would like to know?
}

## Careers

roles-title = Careers I know
roles-more = And { $count } more: see the buttons, or type the name of a career.
roles-end = Tap one, or type a question about it. More careers will come.

## Asking

ask =
    Type your question after the command, such as:
    - /ask what does a backend developer do?
    Or just type it without any command.

## In a group

ask-in-group =
    I answer questions about careers. In a group, ask me like this:
    - /ask { $example }
    - or reply to one of my messages with your question
more-room = I have more room in a private chat.

## About the bot

about-title = About me
about =
    I am a computer program, not a person, and I am free.
    - My answers come from a list that teachers can read and correct.
    - They can be wrong or out of date, so ask a teacher too before you decide something big.
    - I cannot see pictures, hear voice messages, do homework or find you a job.
parents-title = For parents
parents =
    I am a computer program that answers students' questions about careers. I am free and show no advertisements.
    - I never ask for a real name, a school, photos, a phone number or a password.
    - I tell nobody what a student writes: not you, not the school.
    - If a message sounds like danger or despair, I show helplines to the student.
    - I keep a student's progress only after a tap on 'Keep my progress'. See /privacy.
    - If asked, I send one reminder a day, never at night. To stop: one tap. Else I write first only after two years, to say that I erase it.
    - To see all that I keep: /export. To erase it: /forget.
operator = Who runs me: { $name }. Contact: { $contact }
operator-partly = Who runs me: { $known }
operator-unknown = Who runs me: the operator of this bot has not given a name or a contact yet.

privacy-title = What I keep
privacy =
    Almost nothing, unless you tap 'Keep my progress'. That is new, and I ask first.
    - Your message, until I have answered it. If answering breaks, 24 hours at most, so that I can be repaired.
    - Its number and time, without you or your words, for two days: so I do not answer twice.
    - What we talked about last, and what you told me of yourself: one hour, in memory.
    After that tap also, so that you can go on where you stopped:
    - your careers, ticks, marks, notes, answers, the name on your picture, your place and the time of your reminder, each with its time, until you say /forget. Which reminders I sent: 9 days. If I hear nothing for 24 months, I tell you, and 30 days later I erase it.
    It lies on the disk of those who run me. Backup copies of it go after two weeks.
    In groups I read only what is addressed to me. What you ask elsewhere by my @name is never stored. Otherwise I keep only counts, without your words.
    /export gives you all of it, /forget erases it. This chat is kept by your chat app: delete it there.

## The first meeting

ask-career = Which career interests you?
button-help-me-choose = Help me choose
button-skip-question = Skip
choose-career = Here is each career in one line. Which one interests you most? You can change it any time.
career-chosen = { $career }: a good one to look into. 👍
ask-stands =
    Where are you now?
    I ask so that I can start at the right place.
stands = { $stands ->
    [grade-8-9] Grade 8 or 9
    [ol] Grade 10-11 (O/L)
    [al] Grade 12-13 (A/L)
    [after-al] After A/L
    [university] University
    [working] Working
   *[no] not said
}
ask-known =
    You may know some of it already: { $career }.
    Tick it, and I leave it out of what comes next.
button-tick-known = Tick what I know
button-from-beginning = From the beginning
meet-roadmap = This is your way to { $career }. Tap a step to look inside, or "My next step" for one small task.
meet-end =
    That is fine! 🙂
    Type any question about a career, or tap one of these.
welcome-back =
    Welcome back! 👋 Your career: { $career }
    Type any question, or go on here.
career-switched = What you marked on { $before } stays. You can go back to it any time.
button-walk = Choose this career
roles-choose = To make one your own: open it, tap Roadmap, then "{ $label }".
ask-has =
    Before your first task: what do you have to learn with?
    Then I choose tasks that work for you. After this: { $step }
has = { $has ->
    [phone] Only a phone
    [sometimes] A computer sometimes
    [always] A computer always
   *[no] not said
}
task-no-phone = This task needs a computer or video. "My next step" looks for one that a phone is enough for.

## The settings

settings-title = What you told me
settings-no-career = Career: not chosen
settings-career = Career: { $career }
settings-careers = Career: { $career } (before: { $others })
settings-stands = Where you are: { $stands }
settings-has = You learn with: { $has }
settings-kept = I keep this and your progress since { $date }.
settings-not-kept = I do not keep it so far: after one hour I forget it. May I keep it, and your progress?
settings-changed = ✅ Changed.
settings-change = { $part ->
    [career] Change the career
    [stands] Change where I am
   *[has] Change what I learn with
}
settings-career-title = Which career shall be yours? What you marked on others stays.
settings-stands-title = Where are you now?
settings-has-title = What do you have to learn with?
choice-now = ● { $label }
button-not-say = I would rather not say

## Whether progress may be kept

keep-title = May I keep your progress?
keep =
    Then I remember your career, your answers, what you tick and mark, your notes and when you were here, until you say /forget.
    I show it to nobody else. Under 18? Show this to a parent: /parents says what I am, /privacy what I keep.
    Without it you can still read and ask everything.
words-yes = yes yeah yep ya sure ok okay ow hari hondai aam aama sari seri ඔව් හරි ஆம் ஆமா சரி
words-off = off stop end cancel epa nawattanna nawaththanna niruthu venam vendam එපා නවත්තන්න நிறுத்து வேண்டாம்
words-done = done did finished finish dn completed complete karaa kala kara ivarai iwarai mudinjithu mudichachu mudinju කළා ඉවරයි முடிஞ்சு முடித்தேன் செய்தேன்
words-later = later ltr l8r passe pinne piragu apuram පස්සේ ටිකකින් பிறகு அப்புறம்
words-not-today = no not cant cannot busy tired sick skip tomorrow ada ba bae baha heta inniku innaikku mudiyathu mudiyaathu naalaiku අද බෑ බැහැ හෙට இன்று இன்னைக்கு முடியாது நாளைக்கு
words-beside = i im am it this that one all now today again me remind please pls sorry very too after some time මට මම දැන් நான் எனக்கு இப்போ mama mata dan naan enakku ippo
words-no = no nope nah never not now later cancel back idk thanks thank you epa naha nehe illa venam vendam නෑ එපා இல்லை வேண்டாம்
not-kept = OK, I keep nothing. You can read and ask everything.
button-keep = Keep my progress
button-not-now = Not now

## The roadmap with its marks

mark-todo = ⬜
mark-begun = ▶️
mark-done = ✅
mark-skipped = ⏭️
mark-known = 💡
status-todo = to do
status-begun = begun
status-done = done
status-skipped = skipped
status-known = known already
tally-done = { $done } of { $steps } steps done
tally-begun = { $count } begun
tally-known = { $count } known already
tally-skipped = { $count } skipped
step-label = { $mark } { $number }. { $title }
task-label = { $mark } { $number }. { $text }
step-status = { $mark } { $status } · { $ticked } of { $tasks } tasks ticked
all-ticked = All tasks are ticked. Is the step done? Then tap Done.
note-line = ✎ Your note: { $note }
task-ticked = ✅ You ticked this task.
button-done = ✅ Done
button-skip = ⏭️ Skip
button-skip-step = ⏭️ Skip the whole step
button-know-step = 💡 I know this step
button-know = 💡 I know this already
button-clear = ↩️ Take the mark away
button-tick = ✅ I did it: tick
button-untick = ↩️ Take the tick away
button-note = ✎ Write a note
button-note-change = ✎ Change my note
button-next-step = Next step ›
button-undo = ↩️ Undo
button-redo = Put it back
button-beside = Beside it: { $step }
known-title = What do you know already?
known-list =
    Tap what you know. I leave it out of what comes next.
    Tap again to take it back.
known-step = { $mark } { $title }
known-stage = { $mark } All of: { $title }

## When something is marked

ticked-toast = Ticked: { $count } of { $tasks } tasks.
unticked-toast = Tick taken away: { $count } of { $tasks } tasks.
ticked = ✅ Ticked: { $task }
ticked-already = This is ticked already: { $task }
ticked-count = { $count } of { $tasks } tasks of this step.
task-of-step = task { $number } of { $step }
marked-done = ✅ Marked as done: { $steps }
marked-skipped = ⏭️ Skipped: { $steps }. You can come back to it any time.
marked-known = 💡 You know this already: { $steps }. I leave it out of what comes next.
already-done = This is marked as done already: { $steps }
already-skipped = This is skipped already: { $steps }
already-known = This is marked as known already: { $steps }
which-done = Well done! 🎉 Which one did you finish?
which-skip = Which one shall I skip?
which-know = Which one do you know already?
choice-mark = { $does }: { $step }
choice-nudge = { $does }: { $time }
choice-pause = Pause until { $day }
stage-ended = 🎉 That was the last step of "{ $stage }". Well done!
changed-since = The roadmap has changed since then, so I marked nothing. What you did before stays.
something-retired = a step that is not in the roadmap any more

undone-ticked = ↩️ Taken back: the tick on { $what }.
undone-unticked = ↩️ The tick is back: { $what }.
undone-done = ↩️ Not done any more: { $what }.
undone-skipped = ↩️ Not skipped any more: { $what }.
undone-known = ↩️ Not marked as known any more: { $what }.
undone-cleared = ↩️ The mark is back: { $what }.
undone-restarted = ↩️ Your marks are back.
undone-noted = ↩️ The note is as it was before: { $what }.
undone-named = ↩️ The name is as it was before.
undone-answer = ↩️ Your answer is as it was before. /settings shows it.
undone-undone = ↩️ Put back.
undone-below = ↩️ Taken back. It changes nothing now, since you marked it again later: { $what }.
nothing-to-undo-there = Nothing is marked there, so there is nothing to take back: { $steps }.
nothing-to-undo = There is nothing to take back.

restart =
    Shall all your marks on { $career } go, so that you begin again?
    Your notes stay. You can undo it.
button-restart = Yes, begin again
restarted = You begin again: { $career }. Your notes are still there.
nothing-to-restart = You have no marks yet, so you are at the beginning already.

## The next task

next-heading = Your next task · { $step }
next-begun = Why this one: you have begun this step, { $ticked } of { $tasks } tasks are ticked.
next-first = Why this one: it begins the first step that you have not done.
next-phone = Why this one: a phone is enough for it. What comes before needs a computer or video.
next-computer = Why this one: it comes next. It needs a computer or video: use one at school, or skip it.
next-beside-only = Why this one: this long course is all that is left.
way-finished = 🎉 You have done the whole roadmap: { $career }. Well done!
way-finished-but-skipped = Nothing is left to do on { $career }, except what you skipped: { $skipped }. The roadmap has it.

## What is kept about a student, as a file

export =
    Here is all that I keep about you, as a file. Any browser or text editor opens it.
    Whoever has the file can read it, so keep it to yourself.
export-nothing =
    There is nothing to give you: nothing about you is stored.
    What we talked about last stays in memory for an hour. This message goes as soon as it is answered.
export-about = All that this bot keeps about you, and what follows from it. Times are local. Ids never change; titles are those of today.
export-progress = Where you are on each roadmap today. It is worked out from 'events' below and is not stored.
export-students = That you agreed to your progress being kept, and when; when you were last here; when you were told that it will be erased because you had not been here for long.
export-events = What you did, in its order. 'kind': kept (you agreed), career (chosen), stands (where you are now), has (what you learn with), ticked and unticked (a task), done, skipped, known and cleared (a step), restarted (a roadmap), celebrated (the end of a stage), writing (you were asked to write), noted (a note), named (a name for your picture), undone (what the cause in 'value' did was taken back). 'way': by which way. 'cause': which message or tap it was.
export-nudges = Your reminders: the one to come, and for nine days those that are over. 'kind': daily (the task of that day), later (moved by you), look-back (on a Sunday). 'outcome' is empty for the one to come; else sent, unknown (it may have come), last (the line before I fell silent), or why it was not sent: finished (your roadmap), done (you did something that day), paused, rested (fewer, as those before stayed without an answer), declined (by you), late (I was not there in time), quiet (it would have come at night), blocked (I cannot write to you), failed (a mistake of mine). 'unanswered', 'last_day', 'about' and 'wording': how many before it stayed without an answer, when the last one came, which task it showed and in which words. 'tries', 'lease_by', 'visible_at': how often it was taken up, by which of my programs, and when it may be.
export-inbox = Messages and taps that wait for an answer, such as the one that asked for this file, and those that could not be answered. Each goes as soon as it is answered, else after 24 hours.
export-memory = What is in memory for at most an hour, and on no disk. 'said' is what you told before you agreed that it is kept.
export-retired = not there any more

## Erasing all that is kept about a student

forget-title = Shall I forget you?
forget-careers = Your careers: { $careers }
forget-marks = { $count ->
    [one] 1 step that you began or marked
   *[other] { $count } steps that you began or marked
}
forget-ticks = { $count ->
    [one] 1 ticked task
   *[other] { $count } ticked tasks
}
forget-notes = { $count ->
    [one] 1 note
   *[other] { $count } notes
}
forget-rest = Your answers to my questions, and all else that I keep about you
forget =
    I erase it at once. It cannot be undone. Backup copies go within two weeks.
    To have it first, take your data as a file.
button-forget = Erase everything
button-forget-not = Keep it
forget-not = OK, everything stays as it is.
forget-nothing =
    There is nothing to delete: nothing about you is stored.
    What we talked about last stays in memory for an hour. To erase our messages, delete this chat in your app.
forgotten =
    Done: I keep nothing about you any more. Backup copies go within two weeks.
    To erase our messages too, delete this chat in your app. You can come back whenever you like.

## After two years without a word

lapse =
    You have not been here for two years, so I will erase your progress in 30 days.
    Would you like to keep it? Tap 'Keep it'. Both are fine.
button-lapse-keep = Keep it
button-lapse-erase = Erase it now

## How far a student is

progress-title = Your progress: { $career }
progress-none =
    Nothing is marked yet, and that is fine: everybody starts here.
    Tick one small task, and I show you how far you are.
progress-week = This week: { $done }
progress-week-none = This week nothing is marked so far. Go at your own speed: all you did before stays.
progress-all = In all: { $tally }
progress-tasks = { $count ->
    [one] 1 task ticked
   *[other] { $count } tasks ticked
}
progress-steps = { $count ->
    [one] 1 step done
   *[other] { $count } steps done
}
progress-days = { $count ->
    [one] 1 day with something done so far.
   *[other] { $count } days with something done so far.
}
progress-gone = { $count ->
    [one] And 1 step that you did and that is not in the roadmap any more.
   *[other] And { $count } steps that you did and that are not in the roadmap any more.
}
progress-next = What comes next: { $step }. About { $minutes } minutes: { $task }
progress-through = Nothing is left to do here. The roadmap has it all. 🎉
progress-other = { $career }: { $tally }
button-draw = Picture of my progress

## The picture of the way

drawn-title = My way: { $career }
drawn-here = You are here
drawn-at = You are here: { $step }
shared-at = I am here: { $step }
drawn-step = { $title }: { $status }
drawn-stage = { $title }: { $done } of { $steps } steps done
drawn-date = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[other] December
} { $year }
drawing-failed = Sorry, I cannot draw it just now. Here is the same in words.
button-share = Share it
button-name = Put my name on it
button-name-change = Change my name
button-name-off = Take my name off
button-see-roadmap = See this roadmap

## Notes, and the name on the picture

write-note-title = Your note: { $step }
write-note =
    Type it now and send it. { $limit } characters fit.
    I show it to you alone, at this step.
write-note-so-far = A new note takes the place of this one:
write-name-title = A name on your picture
write-name =
    Type it now and send it. { $limit } characters fit.
    A nickname is best, not your full name: whoever gets the picture reads it.
write-name-so-far = Now it says: { $name }
write-too-long = That is too long: { $count } characters, and { $limit } fit. Nothing is changed. Please send a shorter one.
write-empty = I found no words in that. Nothing is changed. Please type it again, or tap Cancel.
write-cancelled = All right, nothing is changed.
noted = ✎ Noted: { $step }
note-deleted = ✎ Your note is taken away: { $step }
note-none = There is no note of yours here: { $step }
note-retired = That step is not in the roadmap any more, so I kept no note. What you did before stays.
named = Your picture now says: { $name }
name-off = Your name is off the picture. What you shared before still shows it.
name-none = There is no name on your picture.
button-cancel = Cancel
button-note-delete = Delete my note

## When something cannot be kept

not-saved =
    Sorry, I could not save that. Nothing is changed.
    Please try again in a minute.
not-kept-toast = That did not work just now. Please try again in a minute.
not-read =
    Sorry, I cannot look up your progress just now. Nothing is lost.
    Please try again in a minute.

## The daily reminder: asking for it

nudge-ask =
    I can remind you once a day, with one small task. At what time?
    Tap a time, or type one such as 7.15 pm.
nudge-ask-once =
    I cannot do single reminders. I can remind you once a day, with one small task. At what time?
    Tap a time, or type one such as 7.15 pm.
nudge-time-unclear =
    I do not know that time. Type one such as 7.15 pm or 6:30, or tap one.
nudge-type-time =
    Type the time, such as 7.15 pm or 6:30.
    You can add days: 'weekdays', 'mon wed fri'.
nudge-either = In the morning or in the evening?
nudge-quiet =
    From { $sleeps } to { $wakes } I send nothing, so that you can sleep.
    Which time shall it be?
nudge-days = On which days?
nudge-pause =
    How long? Nothing is lost meanwhile.
    You can also type it: 'pause until 15 December'.
nudge-title = Your daily reminder
nudge-plan = One small task { $days } at { $time }.
nudge-off = Daily reminder: off
nudge-on-days = { $days ->
    [every] every day
    [weekdays] from Monday to Friday
    [weekends] on Saturday and Sunday
   *[listed] on { $listed }
}
nudge-zone = Your time: { $time } now, as in { $place }.
nudge-look-back-on = On Sundays: your week instead.
nudge-next = Next: { $when }.
nudge-set = ✅ All right. You can change it or stop it any time.
nudge-changed = ✅ Changed.
nudge-resumed = ✅ It goes on.
nudge-paused = ⏸ Paused until { $day }.
nudge-pause-guessed = I took { $days } days, since I am not sure how long. You can type a date, such as '15 December'.
day-named = { $weekday }, { $date }
nudge-stopped = Stopped. I send no more reminders. What you did stays.
nudge-none = Reminders are off: there is nothing to stop.
nudge-offer = Shall I remind you once a day, with one small task? You choose the time, and you can stop it with one tap.
nudge-offer-no = OK, I send none. Should you want it one day: /nudge
when-today = today, { $time }
when-tomorrow = tomorrow, { $time }
when-weekday = { $weekday } { $time }
when-date = { $weekday }, { $date }, { $time }
weekday = { $day ->
    [1] Monday
    [2] Tuesday
    [3] Wednesday
    [4] Thursday
    [5] Friday
    [6] Saturday
   *[other] Sunday
}
weekday-short = { $day ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[other] Sun
}
button-nudge-ask = Change the time
button-nudge-other = Another time
button-pause-days = { $days ->
    [7] 1 week
    [14] 2 weeks
   *[other] 1 month
}
button-nudge-days = Change the days
button-nudge-pause = ⏸ Pause
button-nudge-resume = ▶️ Go on
button-nudge-stop = Stop
button-nudge-change = Change
button-nudge-look = { $state ->
    [on] On Sundays: send me my week
   *[off] On Sundays: no look back
}
button-nudge-morning = In the morning, { $time }
button-nudge-evening = In the evening, { $time }
button-nudge-instead = At { $time } instead
button-nudge-again = Turn on again: { $time }
button-offer-yes = Yes, choose a time
button-offer-no = No, thanks
undone-nudge = ↩️ Your daily reminder is as it was before. /nudge shows it.

## The daily reminder itself

nudge-opening = { $wording ->
    [0] Your small task for today: about { $minutes } minutes.
    [1] Have you got { $minutes } minutes? Here is your next task.
    [2] One small thing today. It takes about { $minutes } minutes.
    [3] Your next task is ready: { $minutes } minutes are enough.
    [4] A task of { $minutes } minutes, whenever it suits you today.
    [5] Here is what comes next: about { $minutes } minutes.
   *[other] Today's step forward takes about { $minutes } minutes.
}
nudge-again = Here is your task again, as you asked: about { $minutes } minutes.
nudge-rarer = Busy just now? That is fine: I write less often from here on, and as before once I hear from you.
nudge-later = When shall I send it again today?
nudge-moved = All right, I send it again { $when }.
nudge-still-comes = Today's reminder is still to come.
nudge-later-once = I sent it a second time today already, so I leave it there.
nudge-too-late = It is too late for today, and that is fine.
nudge-not-today = All right, not today.
nudge-last =
    I am quiet now: no more reminders.
    Do you want them again? Write me anything, or tap.
nudge-finished =
    🎉 You have come to the end of the roadmap: { $career }. Well done!
    I send no more reminders for it.
look-back-title = Your week
look-back-step = Done: { $step }
look-back-none = A quiet week. All you did before stays.
look-back-next = Your next small task, about { $minutes } minutes: { $step }.
button-nudge-done = ✅ Done
button-nudge-later = Later
button-nudge-no = Not today
button-nudge-in = { $choice ->
    [60] In 1 hour: { $when }
    [180] In 3 hours: { $when }
   *[evening] This evening: { $when }
}

## The student's time zone

zone-ask =
    Where are you? Type your city or country, such as Colombo or Italy.
    Or type what time it is with you now.
zone-which = Which one is it? Tap it, or type your city.
zone-unclear =
    I do not know that place. Type a big city near you, or your country.
    Or type what time it is with you now.
zone-set = ✅ Your time is now that of { $place }: { $time }.
button-zone = Change my town
button-zone-stays = { $place }: it is { $time }

## For the operator

operator-alert = Something needs you. The log says more.
operator-polling = { $count ->
    [one] Telegram could not be reached, or refused me. Check the network, the token, and that I run only once.
   *[other] Telegram could not be reached, or refused me, { $count } times. Check the network, the token, and that I run only once.
}
operator-disk = { $count ->
    [one] The disk is nearly full. Make room on it, then look whether I answer.
   *[other] The disk is nearly full, seen { $count } times. Make room on it, then look whether I answer.
}
operator-database = { $count ->
    [one] The database did not answer. Check that it is there and that its folder can be written.
   *[other] The database did not answer { $count } times. Check that it is there and that its folder can be written.
}
operator-update = { $count ->
    [one] A message could not be answered and was set aside. The log has its number and the reason.
   *[other] { $count } messages could not be answered and were set aside. The log has their numbers and the reasons.
}

## The terminal

terminal-no-such-button = There is no button with that number.
terminal-no-sharing = Sharing works in Telegram: there you choose a chat to send it to.
terminal-not-written = The file could not be written. Is the disk full, or the folder not yours?
