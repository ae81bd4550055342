import { words } from './word-lists';

/** Pairs of which one is about the opposite, or the other side, of the other. */
const ANTONYM_PAIRS = words(`
buy/sell increase/decrease increase/reduce raise/lower open/close start/stop start/end begin/end begin/finish enable/disable
allow/deny allow/forbid allow/block permit/forbid add/remove add/delete insert/delete create/delete create/destroy create/drop add/drop
install/uninstall install/remove import/export upload/download send/receive give/receive give/take push/pull push/pop
encode/decode encrypt/decrypt compress/decompress compress/extract lock/unlock connect/disconnect attach/detach
mount/unmount subscribe/unsubscribe follow/unfollow block/unblock mute/unmute show/hide expand/collapse zip/unzip
login/logout signin/signout checkin/checkout enter/exit enter/leave arrive/leave arrive/depart win/lose gain/lose
love/hate like/dislike accept/reject accept/decline approve/reject agree/disagree pass/fail succeed/fail success/failure
advantage/disadvantage pro/con benefit/drawback benefit/risk benefit/harm strength/weakness profit/loss
good/bad best/worst better/worse great/terrible positive/negative right/wrong true/false correct/incorrect
legal/illegal safe/dangerous safe/unsafe healthy/unhealthy easy/hard easy/difficult simple/complex simple/complicated
fast/slow quick/slow hot/cold warm/cool wet/dry big/small large/small long/short tall/short high/low deep/shallow wide/narrow
thick/thin heavy/light strong/weak hard/soft rich/poor cheap/expensive old/young old/new ancient/modern early/late
first/last next/previous next/last before/after above/below over/under inside/outside indoor/outdoor internal/external
inner/outer upper/lower top/bottom front/back front/rear left/right north/south east/west up/down forward/backward
near/far on/off in/out login/logout turnon/turnoff switchon/switchoff setup/shutdown optin/optout public/private male/female man/woman men/women boy/girl husband/wife mother/father mom/dad son/daughter
brother/sister king/queen he/she him/her his/her mother/son parent/child teacher/student employer/employee buyer/seller
lender/borrower landlord/tenant doctor/patient client/server customer/supplier
max/min maximum/minimum most/least more/less more/fewer many/few always/never all/none everything/nothing both/neither
single/married alive/dead life/death birth/death day/night morning/evening summer/winter spring/autumn sunrise/sunset
rural/urban domestic/international local/remote local/global online/offline manual/automatic static/dynamic
synchronous/asynchronous serial/parallel ascending/descending horizontal/vertical row/column input/output read/write
source/target source/destination sender/receiver encode/decode credit/debit asset/liability income/expense deposit/withdraw
borrow/lend rent/own rent/buy hire/fire employ/fire promote/demote appreciate/depreciate inflate/deflate
acute/chronic benign/malignant artery/vein liquid/solid solid/gas acid/base acidic/alkaline hypertension/hypotension
hyperthyroidism/hypothyroidism victim/perpetrator guilty/innocent war/peace attack/defend offense/defense
visible/invisible active/passive active/inactive full/empty clean/dirty loud/quiet bright/dark happy/sad
introvert/extrovert optimist/pessimist liberal/conservative democrat/republican capitalism/communism
hardware/software frontend/backend freshwater/saltwater undergraduate/graduate bachelor/master
vegan/carnivore vegetarian/meat gasoline/diesel petrol/diesel ac/dc mutable/immutable odd/even
northern/southern eastern/western prefix/suffix head/tail uppercase/lowercase encode/parse
given/received gave/received borrow/give come/go bring/take teach/learn ask/answer question/answer cause/prevent cause/cure
cause/effect cause/treat gain/reduce weight/height cat/dog sun/moon tea/coffee
`);

export const ANTONYMS: ReadonlyMap<string, ReadonlySet<string>> = (() => {
  const map = new Map<string, Set<string>>();
  const add = (a: string, b: string) => map.set(a, (map.get(a) ?? new Set()).add(b));
  for (const pair of ANTONYM_PAIRS) {
    const [a = '', b = ''] = pair.split('/');
    add(a, b);
    add(b, a);
  }
  return map;
})();
