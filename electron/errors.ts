// Every way in which Lyssna can fail, with the sentence a person reads. Runs anywhere.
// The union is closed: a code without a sentence in both languages does not compile.
// Details are numbers, ids, file names and paths the person chose. Never anything that was said in a meeting.
import type { InterfaceLanguage } from "./formats.ts";
import { reasonWords } from "./reasons.ts";

export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  badInput: 3,
  modelMissing: 4,
  noRoom: 5,
  cancelled: 130,
} as const;
type ExitName = keyof typeof exitCodes;

interface ErrorEntry {
  readonly exit: ExitName;
  /** Each sentence says what happened, what was kept, and what to do. `{name}` stands for a detail. */
  readonly sv: string;
  readonly en: string;
}

const entry = (exit: ExitName, sv: string, en: string): ErrorEntry => ({ exit, sv, en });

export const errorTable = {
  usage: entry(
    "usage",
    "{reason} Skriv ”lyssna --help” för att se hur kommandot används.",
    "{reason} Type “lyssna --help” to see how the command is used.",
  ),
  "summary-moved": entry(
    "failed",
    "Sammanfattningen har ändrats på ett annat håll sedan du öppnade den. Den nyare visas nu. Det du skrev finns kvar i fältet.",
    "The summary was changed elsewhere since you opened it. The newer one is shown now. What you wrote is still in the field.",
  ),
  "transcript-moved": entry(
    "failed",
    "Avskriften har ändrats på ett annat håll sedan du öppnade den. Den nyare visas nu. Gör om din ändring.",
    "The transcript was changed somewhere else since you opened it. The newer one is shown now. Make your change again.",
  ),
  "summary-open": entry(
    "badInput",
    "{count} meningar saknar stöd i det som sades. Öppna dem och bekräfta, ändra eller ta bort dem först.",
    "{count} sentences lack support in what was said. Open them and confirm, change or remove them first.",
  ),
  "already-recording": entry(
    "failed",
    "En inspelning pågår redan. Avsluta den innan du börjar en ny.",
    "A recording is already running. Finish it before you start another.",
  ),
  "not-recording": entry("failed", "Ingen inspelning pågår.", "No recording is running."),
  "recording-disk-full": entry(
    "noRoom",
    "Disken är full. Inspelningen är sparad till {time}. Frigör utrymme innan du spelar in mer.",
    "The disk is full. The recording is kept up to {time}. Free some space before you record more.",
  ),
  "recording-stopped": entry(
    "failed",
    "Inspelningen kunde inte fortsätta. Den är sparad till {time}. Börja en ny inspelning.",
    "The recording could not go on. It is kept up to {time}. Start a new recording.",
  ),
  "file-not-found": entry(
    "badInput",
    "Filen {file} finns inte. Kontrollera namnet och försök igen.",
    "There is no file {file}. Check the name and try again.",
  ),
  "file-unreadable": entry(
    "badInput",
    "Filen {file} går inte att läsa. Kontrollera att du har rätt att öppna den.",
    "The file {file} cannot be read. Check that you are allowed to open it.",
  ),
  "file-empty": entry(
    "badInput",
    "Filen {file} är tom. Välj en annan fil.",
    "The file {file} is empty. Choose another file.",
  ),
  "file-not-media": entry(
    "badInput",
    "Filen {file} är inte en ljud- eller videofil som Lyssna kan läsa. Välj en annan fil.",
    "The file {file} is not a sound or video file that Lyssna can read. Choose another file.",
  ),
  "file-no-sound": entry(
    "badInput",
    "Filen {file} har inget ljudspår. Välj en fil med ljud.",
    "The file {file} has no sound track. Choose a file with sound.",
  ),
  "no-such-track": entry(
    "badInput",
    "Filen {file} har inte så många ljudspår, den har {count}. Välj ett av dem.",
    "The file {file} does not have so many sound tracks, it has {count}. Choose one of them.",
  ),
  "not-two-channels": entry(
    "badInput",
    "Filen {file} har inte två kanaler. Läs in den utan att dela upp den efter kanal.",
    "The file {file} does not have two channels. Take it in without splitting it by channel.",
  ),
  "file-too-short": entry(
    "badInput",
    "Filen {file} innehåller nästan inget ljud (under en tiondels sekund). Välj en annan fil.",
    "The file {file} holds almost no sound (less than a tenth of a second). Choose another file.",
  ),
  "file-damaged": entry(
    "badInput",
    "Filen {file} är skadad och gick inte att läsa. Försök hämta den på nytt från inspelaren.",
    "The file {file} is damaged and could not be read. Try to fetch it again from the recorder.",
  ),
  "ffmpeg-missing": entry(
    "failed",
    "Programmet ffmpeg, som läser ljudfiler, saknas på datorn. Installera ffmpeg 5 eller senare, eller kontakta IT.",
    "The program ffmpeg, which reads sound files, is missing. Install ffmpeg 5 or later, or ask IT.",
  ),
  "model-missing": entry(
    "modelMissing",
    "Modellen {model} finns inte på datorn. Installera den, eller välj en annan modell.",
    "The model {model} is not on this computer. Install it, or choose another model.",
  ),
  "model-damaged": entry(
    "modelMissing",
    "Modellen {model} är ofullständig eller skadad ({file}). Ta bort den och installera den på nytt.",
    "The model {model} is incomplete or damaged ({file}). Remove it and install it again.",
  ),
  "model-too-large": entry(
    "noRoom",
    "Talmodellen {model} behöver {needMb} MB minne, och datorn kan avvara {freeMb} MB. Stäng andra program, eller välj {fits}, som ryms.",
    "The speech model {model} needs {needMb} MB of memory, and the computer can spare {freeMb} MB. Close other programs, or choose {fits}, which fits.",
  ),
  "no-model-fits": entry(
    "noRoom",
    "Talmodellen {model} behöver {needMb} MB minne, och datorn kan avvara {freeMb} MB. Ingen mindre talmodell ryms heller. Stäng andra program och försök igen.",
    "The speech model {model} needs {needMb} MB of memory, and the computer can spare {freeMb} MB. No smaller speech model fits either. Close other programs and try again.",
  ),
  "device-failed": entry(
    "failed",
    "Grafikkortet gick inte att räkna på ({device}). Lyssna räknar på processorn i stället.",
    "The graphics card could not be used ({device}). Lyssna uses the processor instead.",
  ),
  "download-failed": entry(
    "failed",
    "Modellen {model} gick inte att hämta. Det som kom fram finns kvar. Kontrollera nätverket och försök igen.",
    "The model {model} could not be downloaded. What arrived is kept. Check the network and try again.",
  ),
  "download-busy": entry(
    "failed",
    "Servern har för mycket att göra och ber Lyssna vänta {minutes} min. Det som kom fram av {model} finns kvar. Fortsätt hämtningen senare.",
    "The server is too busy and asks Lyssna to wait {minutes} min. What arrived of {model} is kept. Go on with the download later.",
  ),
  "download-server": entry(
    "failed",
    "Servern som {model} hämtas från svarar fel ({status}). Det som kom fram finns kvar. Fortsätt hämtningen senare.",
    "The server that {model} is downloaded from answers wrongly ({status}). What arrived is kept. Go on with the download later.",
  ),
  "download-gone": entry(
    "failed",
    "Modellen {model} går inte att hämta från sin plats längre ({status}). Inget på datorn har ändrats. Välj en annan modell, eller installera den från ett modellpaket.",
    "The model {model} can no longer be downloaded from its place ({status}). Nothing on the computer was changed. Choose another model, or install it from a model package.",
  ),
  "download-lacks": entry(
    "failed",
    "Där modellen {model} ska hämtas saknas filen {file}. Inget på datorn har ändrats. Välj en annan modell.",
    "Where the model {model} is downloaded from, the file {file} is missing. Nothing on the computer was changed. Choose another model.",
  ),
  "download-wrong": entry(
    "failed",
    "Filen {file} i modellen {model} är inte den som skulle komma. Den är borttagen, och det som var installerat är kvar. Försök igen. Händer det på nytt, kontakta IT.",
    "The file {file} of the model {model} is not the one that was to come. It was deleted, and what was installed is kept. Try again. If it happens again, ask IT.",
  ),
  "download-elsewhere": entry(
    "failed",
    "Hämtningen skickades vidare till {host}, som Lyssna inte får nå. Inget har hämtats därifrån. Kontakta IT.",
    "The download was sent on to {host}, which Lyssna may not reach. Nothing was downloaded from there. Ask IT.",
  ),
  "model-no-room": entry(
    "noRoom",
    "Modellen {model} behöver {needMb} MB på disken, och {freeMb} MB är lediga. Inget har ändrats. Frigör utrymme och försök igen.",
    "The model {model} needs {needMb} MB on the disk, and {freeMb} MB are free. Nothing was changed. Free some space and try again.",
  ),
  "model-package-invalid": entry(
    "badInput",
    "{file} är inget modellpaket som Lyssna kan använda: {reason}. Inget har ändrats. Skapa ett nytt paket på en dator där modellen finns.",
    "{file} is no model package that Lyssna can use: {reason}. Nothing was changed. Make a new package on a computer that has the model.",
  ),
  "model-package-damaged": entry(
    "badInput",
    "Modellpaketet {file} är skadat eller inte helt ({part}). Inget har ändrats. Kopiera paketet en gång till, eller skapa ett nytt.",
    "The model package {file} is damaged or not whole ({part}). Nothing was changed. Copy the package once more, or make a new one.",
  ),
  "model-package-signature": entry(
    "badInput",
    "Modellpaketet {file} går inte att lita på: {reason}. Inget har ändrats. Fråga IT efter rätt paket.",
    "The model package {file} cannot be trusted: {reason}. Nothing was changed. Ask IT for the right package.",
  ),
  "model-package-several": entry(
    "badInput",
    "I mappen {file} finns flera modellpaket. Välj ett av dem.",
    "The folder {file} holds several model packages. Choose one of them.",
  ),
  "package-forbidden": entry(
    "failed",
    "Organisationen tillåter ingen av modellerna i {file}. Inget har ändrats. Fråga IT om du behöver någon av dem.",
    "The organisation allows none of the models in {file}. Nothing was changed. Ask IT if you need one of them.",
  ),
  "signing-key-invalid": entry(
    "badInput",
    "Nyckeln för modellpaket går inte att använda. Den ska vara en Ed25519-nyckel i PEM-format, utan lösenord.",
    "The key for model packages cannot be used. It must be an Ed25519 key in PEM format, without a password.",
  ),
  "model-unrecorded": entry(
    "failed",
    "Det finns inget att jämföra modellen {model} med, så den går inte att kontrollera eller packa. Modellen är kvar. Installera den på nytt genom Lyssna.",
    "There is nothing to compare the model {model} with, so it cannot be checked or packed. The model is kept. Install it anew through Lyssna.",
  ),
  "model-busy": entry(
    "failed",
    "En modell installeras, packas eller kontrolleras redan. Vänta tills det är klart, eller avbryt det.",
    "A model is being installed, packed or checked already. Wait until that is done, or cancel it.",
  ),
  "already-there": entry(
    "badInput",
    "{file} finns redan, eller är ingen plats för ett paket. Inget har skrivits. Välj ett annat namn.",
    "{file} is there already, or is no place for a package. Nothing was written. Choose another name.",
  ),
  "file-too-large-here": entry(
    "noRoom",
    "Minnet eller disken kan inte ha så stora filer som {file}. Inget har sparats. Formatera om minnet som exFAT eller välj en annan plats.",
    "The stick or disk cannot hold files as large as {file}. Nothing was saved. Format the stick as exFAT or choose another place.",
  ),
  "engine-missing": entry(
    "modelMissing",
    "Det finns ingen sammanfattare {engine} på datorn. Installera språkmodellen med det namnet, ange en fil som slutar på .gguf eller använd ”builtin”.",
    "There is no summary engine {engine} on this computer. Install the language model of that name, name a file that ends in .gguf or use “builtin”.",
  ),
  "engine-unavailable": entry(
    "modelMissing",
    "Språkmodeller kan inte köras på den här datorn. Den inbyggda sammanfattaren fungerar som vanligt.",
    "Language models cannot run on this computer. The built-in summariser works as usual.",
  ),
  "server-not-local": entry(
    "failed",
    "Adressen går inte till den här datorn. Inget har skickats dit. Lyssna frågar bara servrar på 127.0.0.1, [::1] eller localhost.",
    "The address does not lead to this computer. Nothing was sent there. Lyssna only asks servers on 127.0.0.1, [::1] or localhost.",
  ),
  "server-unreachable": entry(
    "modelMissing",
    "Servern på datorn svarar inte ({address}). Starta den och försök igen, eller använd den inbyggda sammanfattaren.",
    "The server on this computer does not answer ({address}). Start it and try again, or use the built-in summariser.",
  ),
  "server-refused": entry(
    "failed",
    "Servern på datorn sade nej (kod {status}). Kontrollera att den har modellen {model} och att den är igång.",
    "The server on this computer refused (code {status}). Check that it has the model {model} and that it is running.",
  ),
  "server-answer-odd": entry(
    "failed",
    "Servern på datorn svarade på ett sätt som Lyssna inte förstår. Kontrollera adressen, eller använd den inbyggda sammanfattaren.",
    "The server on this computer answered in a way that Lyssna does not understand. Check the address, or use the built-in summariser.",
  ),
  "server-too-slow": entry(
    "failed",
    "Servern på datorn blev inte klar på {minutes} minuter. Det som redan var skrivet finns kvar. Välj en mindre modell eller använd den inbyggda sammanfattaren.",
    "The server on this computer was not done in {minutes} minutes. What was already written is kept. Choose a smaller model or use the built-in summariser.",
  ),
  "server-elsewhere": entry(
    "failed",
    "Modellen {model} körs inte på datorn utan på internet. Inget har skickats dit. Välj en annan modell.",
    "The model {model} does not run on this computer but on the internet. Nothing was sent there. Choose another model.",
  ),
  "server-off": entry(
    "modelMissing",
    "Servern för språkmodeller är avstängd. Slå på den i inställningarna eller använd den inbyggda sammanfattaren.",
    "The server for language models is switched off. Switch it on in the settings or use the built-in summariser.",
  ),
  "server-no-model": entry(
    "modelMissing",
    "Servern på datorn har ingen modell att svara med. Hämta en modell i serverns eget program och försök igen.",
    "The server on this computer has no model to answer with. Fetch a model in the server's own program and try again.",
  ),
  "rewrite-empty": entry(
    "failed",
    "Språkmodellen gav ingen text för rubriken ”{heading}”. Det som stod där är kvar. Försök igen, eller välj en annan modell.",
    "The language model gave no text for the heading “{heading}”. What stood there is kept. Try again, or choose another model.",
  ),
  "nothing-to-render": entry(
    "failed",
    "Det finns inget att översätta: sammanfattningen är tom eller redan på det språket.",
    "There is nothing to translate: the summary is empty or in that language already.",
  ),
  "language-busy": entry(
    "failed",
    "Språkmodellen arbetar redan med något du har bett om. Vänta tills den är klar, eller avbryt den.",
    "The language model is already working on something that you asked for. Wait until it is done, or cancel it.",
  ),
  "language-waits": entry(
    "failed",
    "En inspelning pågår, och den går före språkmodellen. Inget har ändrats. Försök igen när inspelningen är slut.",
    "A recording is running, and it comes before the language model. Nothing was changed. Try again when the recording has ended.",
  ),
  "language-too-large": entry(
    "noRoom",
    "Språkmodellen {model} behöver {needMb} MB minne, och datorn kan avvara {freeMb} MB. Stäng andra program, välj en mindre språkmodell eller använd den inbyggda sammanfattaren.",
    "The language model {model} needs {needMb} MB of memory, and the computer can spare {freeMb} MB. Close other programs, choose a smaller language model or use the built-in summariser.",
  ),
  "prompt-too-long": entry(
    "failed",
    "Språkmodellen läser för lite åt gången ({most} orddelar, {tokens} behövs). Välj en annan språkmodell eller använd den inbyggda sammanfattaren.",
    "The language model reads too little at a time ({most} parts of words, {tokens} are needed). Choose another language model or use the built-in summariser.",
  ),
  "no-room": entry(
    "noRoom",
    "Disken är full. Det som redan var sparat finns kvar. Frigör utrymme eller välj en annan plats, och försök igen.",
    "The disk is full. What was already saved is kept. Free some space or choose another place, and try again.",
  ),
  "cannot-write": entry(
    "failed",
    "Det går inte att skriva till {file}. Kontrollera att mappen finns och att du har rätt att spara där.",
    "Cannot write to {file}. Check that the folder exists and that you are allowed to save there.",
  ),
  "transcript-invalid": entry(
    "badInput",
    "Filen {file} är inte en avskrift som Lyssna kan läsa ({reason}).",
    "The file {file} is not a transcript that Lyssna can read ({reason}).",
  ),
  "transcript-empty": entry(
    "badInput",
    "Avskriften är tom: det finns inget att sammanfatta.",
    "The transcript is empty: there is nothing to summarise.",
  ),
  "template-not-found": entry(
    "badInput",
    "Det finns ingen mall med namnet {template}. Skriv ”lyssna templates list” för att se mallarna.",
    "There is no template named {template}. Type “lyssna templates list” to see the templates.",
  ),
  "template-invalid": entry(
    "badInput",
    "Mallen {file} går inte att använda: {reason}.",
    "The template {file} cannot be used: {reason}.",
  ),
  "template-gone": entry(
    "failed",
    "Mallen finns inte längre. Sammanfattningar som gjorts med den finns kvar.",
    "The template is no longer there. Summaries made with it are kept.",
  ),
  "outline-not-found": entry(
    "badInput",
    "I texten hittades inga rubriker. Rubriker känns igen när de är i fet stil, numrerade, slutar med kolon eller står ensamma på en kort rad. Klistra in texten igen med formateringen kvar, eller börja från en tom mall.",
    "No headings were found in the text. Headings are recognised when they are bold, numbered, end in a colon or stand alone on a short line. Paste the text again with its formatting, or begin from an empty template.",
  ),
  "document-unreadable": entry(
    "badInput",
    "Dokumentet {file} går inte att läsa: {reason}. Prova att klistra in texten i stället.",
    "The document {file} cannot be read: {reason}. Try to paste its text instead.",
  ),
  "glossary-invalid": entry(
    "badInput",
    "Filen {file} är inte en ordlista som Lyssna kan läsa ({reason}). Dina ord är kvar som de var.",
    "The file {file} is not a glossary that Lyssna can read ({reason}). Your words are as they were.",
  ),
  "mask-key-invalid": entry(
    "badInput",
    "Filen {file} är inte en nyckelfil som Lyssna kan läsa. Inget har ändrats.",
    "The file {file} is not a key file that Lyssna can read. Nothing was changed.",
  ),
  "summary-invalid": entry(
    "badInput",
    "Filen {file} är inte en sammanfattning som Lyssna kan läsa ({reason}).",
    "The file {file} is not a summary that Lyssna can read ({reason}).",
  ),
  "unsupported-left": entry(
    "badInput",
    "Under rubriken ”{heading}” står något om självskada, våld, övergrepp, missbruk eller misstanke som saknar stöd i samtalet. Sammanfattningen går inte att exportera eller kopiera innan du har tagit ställning till det.",
    "Under the heading “{heading}” something is said about self-harm, violence, abuse, addiction or suspicion that has no support in the conversation. The summary cannot be exported or copied before you have dealt with it.",
  ),
  "logo-invalid": entry(
    "badInput",
    "{file} går inte att ha i sidhuvudet. Den bild som fanns där är kvar. Välj en PNG- eller JPEG-bild på högst 500 kB.",
    "{file} cannot stand in the head of the page. The picture that was there is kept. Choose a PNG or JPEG picture of at most 500 kB.",
  ),
  "no-dated-actions": entry(
    "badInput",
    "Det finns inga åtgärder med ett datum, så det blir ingen kalenderfil. Exportera åtgärderna som tabell i stället.",
    "There are no actions with a date, so there is no calendar file to make. Export the actions as a table instead.",
  ),
  "format-not-for": entry(
    "badInput",
    "En avskrift går inte att exportera som {format}: där får bara en sammanfattnings åtgärder plats. Välj ett annat format.",
    "A transcript cannot be exported as {format}: it only holds the actions of a summary. Choose another format.",
  ),
  "unknown-words": entry(
    "badInput",
    "Demonstrationsrösten kan inte säga: {words}. Ordlistan står i README.",
    "The demonstration voice cannot say: {words}. The word list is in the README.",
  ),
  "policy-broken": entry(
    "failed",
    "Organisationens policyfil {file} går inte att använda: {reason}. Du kan spela in och läsa som vanligt, men inget exporteras, hämtas eller gallras förrän IT har rättat filen.",
    "The organisation's policy file {file} cannot be used: {reason}. You can record and read as usual, but nothing is exported, downloaded or deleted by rule until IT has corrected the file.",
  ),
  "policy-forbids": entry(
    "failed",
    "Det här har organisationen stängt av ({organisation}). Inget har ändrats. Fråga IT om du behöver det.",
    "The organisation has switched this off ({organisation}). Nothing was changed. Ask IT if you need it.",
  ),
  "consent-needed": entry(
    "failed",
    "Ange vem som har informerats och vad de svarade innan du spelar in. Det har organisationen bestämt. Inget har spelats in.",
    "Say who was told and what they answered before you record. The organisation has decided so. Nothing was recorded.",
  ),
  "keep-refused": entry(
    "failed",
    "Det går inte att skjuta upp gallringen så länge. Inget har ändrats. Senast möjliga dag är {date}.",
    "Deletion cannot be put off for so long. Nothing was changed. The last possible day is {date}.",
  ),
  "store-locked": entry(
    "failed",
    "Lyssna är redan igång med den här mappen. Använd det fönster som redan är öppet.",
    "Lyssna is already running with this folder. Use the window that is already open.",
  ),
  "store-damaged": entry(
    "failed",
    "Databasen är skadad. Ingenting har tagits bort. Den senaste säkerhetskopian är från {backup}.",
    "The database is damaged. Nothing has been deleted. The latest backup is from {backup}.",
  ),
  "store-newer": entry(
    "failed",
    "Databasen är skapad av en nyare version av Lyssna. Uppdatera Lyssna för att öppna den. Ingenting har ändrats.",
    "The database was made by a newer version of Lyssna. Update Lyssna to open it. Nothing has been changed.",
  ),
  "store-key-wrong": entry(
    "failed",
    "Nyckeln passar inte till databasen. Ingenting har ändrats. Kontrollera att du använder rätt mapp och rätt nyckel.",
    "The key does not fit the database. Nothing has been changed. Check that you use the right folder and the right key.",
  ),
  "keychain-missing": entry(
    "failed",
    "Datorns nyckelring går inte att använda, så Lyssna kan inte skydda dina samtal. Kontakta IT.",
    "The computer's keychain cannot be used, so Lyssna cannot protect your meetings. Ask IT.",
  ),
  "setting-fixed": entry(
    "failed",
    "Inställningen är bestämd av din organisation och kan inte ändras här. Inget är ändrat.",
    "The setting is decided by your organisation and cannot be changed here. Nothing was changed.",
  ),
  locked: entry("failed", "Lyssna är låst. Lås upp för att fortsätta.", "Lyssna is locked. Unlock it to go on."),
  "passphrase-wrong": entry(
    "failed",
    "Lösenfrasen stämmer inte. Försök igen, eller använd återställningskoden.",
    "The passphrase is not right. Try again, or use the recovery code.",
  ),
  "passphrase-short": entry(
    "badInput",
    "Lösenfrasen behöver minst {least} tecken. Den som fanns gäller fortfarande.",
    "The passphrase needs at least {least} characters. The one before still holds.",
  ),
  "unlock-wait": entry(
    "failed",
    "Det har blivit fel flera gånger. Vänta {seconds} sekunder och försök igen.",
    "It has been wrong several times. Wait {seconds} seconds and try again.",
  ),
  "recovery-length": entry(
    "badInput",
    "En återställningskod har sex grupper med fem tecken. Kontrollera att du har skrivit hela.",
    "A recovery code has six groups of five characters. Check that you have typed all of it.",
  ),
  "recovery-mistyped": entry(
    "badInput",
    "Något är felskrivet i grupp {group} av återställningskoden.",
    "Something is mistyped in group {group} of the recovery code.",
  ),
  "recovery-wrong": entry(
    "failed",
    "Återställningskoden passar inte. Kanske har en nyare skapats.",
    "The recovery code does not fit. A newer one may have been made.",
  ),
  "key-in-keychain": entry(
    "failed",
    "Mappens nyckel hör ihop med datorns nyckelring, som bara appen kommer åt. Ange --recovery-code eller --organisation-key. Inget är ändrat.",
    "The folder's key belongs with the computer's keychain, which only the app can reach. Give --recovery-code or --organisation-key. Nothing was changed.",
  ),
  "keychain-changed": entry(
    "failed",
    "Datorns nyckelring är inte längre densamma, så lösenfrasen räcker inte. Använd återställningskoden, eller kontakta IT.",
    "The computer's keychain is not the same any more, so the passphrase is not enough. Use the recovery code, or ask IT.",
  ),
  "key-not-changed": entry(
    "failed",
    "Nyckeln gick inte att låsa på det nya sättet. Det som gällde förut gäller fortfarande.",
    "The key could not be locked in the new way. What held before still holds.",
  ),
  "organisation-key-invalid": entry(
    "badInput",
    "Organisationens nyckel går inte att använda. Den ska vara X25519, eller RSA med minst 3072 bitar, i PEM-format.",
    "The organisation's key cannot be used. It must be X25519, or RSA of at least 3072 bits, in PEM format.",
  ),
  "organisation-key-wrong": entry(
    "failed",
    "Organisationens nyckel passar inte till den här mappen. Ingenting har ändrats.",
    "The organisation's key does not fit this folder. Nothing has been changed.",
  ),
  "package-busy": entry(
    "failed",
    "Ett paket görs eller tas in just nu. Vänta tills det är klart, eller avbryt det. Ingenting har ändrats.",
    "A package is being made or taken in. Wait until it is done, or cancel it. Nothing was changed.",
  ),
  "package-invalid": entry(
    "badInput",
    "{file} är inget paket från Lyssna. Ingenting har ändrats.",
    "{file} is not a package from Lyssna. Nothing was changed.",
  ),
  "package-newer": entry(
    "badInput",
    "Paketet är gjort av en nyare version av Lyssna. Uppdatera Lyssna och ta in det sedan. Ingenting har ändrats.",
    "The package was made by a newer version of Lyssna. Update Lyssna, then take it in. Nothing was changed.",
  ),
  "package-damaged": entry(
    "badInput",
    "Paketet är skadat eller inte helt. Kopiera filen en gång till, eller gör ett nytt paket. Det skadade har inte tagits in.",
    "The package is damaged or not whole. Copy the file once more, or make a new package. What is damaged was not taken in.",
  ),
  "package-passphrase-wrong": entry(
    "badInput",
    "Lösenfrasen är inte den som paketet gjordes med. Ingenting har ändrats. Försök igen.",
    "The passphrase is not the one that the package was made with. Nothing was changed. Try again.",
  ),
  "package-passphrase-short": entry(
    "badInput",
    "Paketets lösenfras behöver minst {least} tecken. Inget paket har gjorts.",
    "The package's passphrase needs at least {least} characters. No package was made.",
  ),
  "package-nothing": entry(
    "badInput",
    "Mötet spelas in just nu, eller något ska strykas ur det. Avsluta det först. Inget paket har gjorts.",
    "The meeting is being recorded, or something is yet to be struck from it. Finish that first. No package was made.",
  ),
  "not-found": entry("failed", "Det du söker finns inte längre.", "What you are looking for is no longer there."),
  "sound-damaged": entry(
    "failed",
    "Ljudet är skadat eller har ändrats utanför Lyssna. Avskriften finns kvar.",
    "The sound is damaged or was changed outside Lyssna. The transcript is kept.",
  ),
  "worker-ended": entry(
    "failed",
    "En del av programmet slutade oväntat. Det som var klart är sparat. Försök igen.",
    "A part of the program ended unexpectedly. What was finished is saved. Try again.",
  ),
  "not-there-yet": entry(
    "failed",
    "{what} finns inte än i den här versionen av Lyssna.",
    "{what} is not yet in this version of Lyssna.",
  ),
  "bad-call": entry(
    "failed",
    "Något gick fel i Lyssna ({what}). Starta om programmet.",
    "Something went wrong in Lyssna ({what}). Restart the program.",
  ),
  cancelled: entry(
    "cancelled",
    "Avbrutet. Det som redan var klart finns kvar.",
    "Cancelled. What was already finished is kept.",
  ),
  unexpected: entry(
    "failed",
    "Något oväntat gick fel. Det som var sparat finns kvar. Försök igen.",
    "Something unexpected went wrong. What was saved is kept. Try again.",
  ),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorTable;
export type ErrorDetails = Readonly<Record<string, string | number>>;

/** An error as it crosses processes: data only, no stack. */
export interface ErrorData {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
}

/** The only error that Lyssna throws on purpose. Its `message` is the code, so that a stray log line tells nothing. */
export class LyssnaError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(code, options);
    this.name = "LyssnaError";
    this.code = code;
    this.details = details;
  }
}

export const isErrorCode = (code: unknown): code is ErrorCode =>
  typeof code === "string" && Object.hasOwn(errorTable, code);

/** Any thrown value as data that may cross a process border: unknown errors lose everything but their kind. */
export function toErrorData(error: unknown): ErrorData {
  if (error instanceof LyssnaError) return { code: error.code, details: error.details };
  if (error instanceof Error) {
    if (error.name === "AbortError") return { code: "cancelled", details: {} };
    const systemCode = (error as NodeJS.ErrnoException).code;
    if (systemCode === "ENOSPC" || systemCode === "SQLITE_FULL") return { code: "no-room", details: {} };
  }
  return { code: "unexpected", details: {} };
}

export const fromErrorData = (data: ErrorData): LyssnaError => new LyssnaError(data.code, data.details);

/**
 * The sentence for a person, with the details filled in. A reason from reasons.ts is put in the same language;
 * control signs in a file's name become spaces, so that it stays one sentence.
 */
export function errorSentence(data: ErrorData, language: InterfaceLanguage): string {
  const detail = (name: string) => String(data.details[name] ?? "–");
  const fill = (sentence: string, value: (name: string) => string) =>
    sentence.replace(/\{(\w+)\}/gu, (_, name: string) => value(name).replace(/\p{Cc}+/gu, " "));
  return fill(errorTable[data.code][language], (name) => {
    const words = detail(name);
    return name === "reason" || name === "what" ? fill(reasonWords(words, language), detail) : words;
  });
}

export const exitCodeOf = (code: ErrorCode): number => exitCodes[errorTable[code].exit];
