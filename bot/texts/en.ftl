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
function-undo = Undo
function-progress = My progress
function-nudge-set = Daily reminder
function-nudge-stop = Stop messages
function-start = Start
function-help = Help
function-parents = For parents
function-privacy = Privacy
function-about-bot = About me
function-forget-me = Forget me
function-greeting = Say hello
function-thanks = Say thanks

## What each command does: a line in the help and in the menu of the chat

help-ask = ask a question, such as '/ask how do I start?'
help-roles = the careers I know
help-duties = what people do at work, day by day
help-roadmap = how to start, step by step
help-resources = free things to learn from
help-next-step = what to do next (coming later)
help-mark-done = tick off a step (coming later)
help-undo = take back a tick (coming later)
help-progress = how far you are (coming later)
help-nudge-set = a short daily reminder (coming later)
help-nudge-stop = no reminders (I send none yet)
help-start = begin again
help-help = this list
help-parents = one page for parents
help-privacy = what I keep and for how long
help-about-bot = who I am
help-forget-me = delete what I keep about you (nothing so far)

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
    Hello! 👋 I answer questions about careers, for school students.
    Type a question in your own words, or tap one below.
start-can-do =
    - what people do at work, day by day
    - whether it may suit you
    - how to start, step by step, for free
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
    - I never ask for a name, a school, photos, a phone number or a password.
    - I tell nobody what a student writes: not you, not the school.
    - If a message sounds like danger or despair, I show helplines to the student.
    - I never write first. To stop, block me or just stop writing.
    - To erase, delete this chat. I keep a message only until it is answered: see /privacy.
operator = Who runs me: { $name }. Contact: { $contact }
operator-partly = Who runs me: { $known }
operator-unknown = Who runs me: the operator of this bot has not given a name or a contact yet.

privacy-title = What I keep
privacy =
    Almost nothing, and only for a short time.
    - On Telegram, your message waits on my disk until I have answered it, usually for a second. Then I erase its words there.
    - If answering breaks, I keep the message for at most 24 hours, so that the people who run me can repair me.
    - After that, only the number of your message and when it came, for two days, so that I do not answer it twice.
    - Copies of my disk are kept for two weeks, locked with a key. What waits just then is in them.
    - The career and the language you used last: for one hour, in memory, so that 'and the pay?' works.
    - How often I had no good answer: only counts, without your words, so that answers get better.
    - In groups I read only what is addressed to me. What you ask me from another chat by my @name is never stored.
    - Your chat app keeps this chat by its own rules. Delete the chat there to erase it.
    If I ever keep more, I will tell you here first.

## Functions that come later

later-next-step =
    I cannot pick your next step yet, since I do not remember what you have done. That will come.
    For now, open the roadmap and start with the first step you do not know.
later-mark-done =
    Well done! 🎉 I cannot tick it off yet: I keep nothing about you so far. That will come.
    The roadmap shows what comes after it.
later-undo =
    There is nothing to take back: I keep no ticks yet, so nothing was marked.
    That will come later.
later-progress =
    I cannot show how far you are yet, since I keep nothing about you. That will come.
    The roadmap shows all steps, so you can check them yourself.
later-nudge-set =
    I cannot send reminders yet, so none is set. That will come.
    An alarm on your phone works well: open a step and take one small task a day.
later-nudge-stop =
    Done already: I send no reminders, and no message will come unless you write to me.
    Nothing about you is stored.
later-forget-me =
    There is nothing to delete: when a message is answered, its words are erased, and nothing about you is stored.
    Only the career and language you used last stay in memory, for at most an hour.
    To erase our messages, delete this chat in your app.

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
