//! What happens in the rounds of an example: who pledges when, who does not, and what else befalls a unit. Here is the
//! first round; the years after it are in `later`.
//!
//! Most units take an ordinary course that lots decide. A small cast of wards, at most a quarter of them, plays one
//! part each, so that every case a report must show is there.

mod around;
mod cast;
mod incident;
mod later;

use ikrar_core::statement::{CategoryCount, Coverage, Form, OpenRound, Reason, Risk, Role, Topic};

use crate::Options;
use crate::calendar::Calendar;
use crate::draw::Draw;
use crate::people::Staff;
pub(crate) use around::Handed;
use cast::Part;
pub(crate) use incident::Incident;
pub(crate) use later::{Stage, tell_later};

/// A unit of the roster.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member<'a> {
    /// Its id.
    pub(crate) id: &'a str,
    /// Its kind.
    pub(crate) kind: &'a str,
    /// Its place in the roster of the unit above; none directly under the root.
    pub(crate) parent: Option<usize>,
    /// Nothing is below it.
    pub(crate) leaf: bool,
    /// Which key it is enrolled with.
    pub(crate) key: Key,
}

/// The key of a unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Key {
    /// None: the unit is owed all the same.
    None,
    /// The roster names one, whose private half nobody here has.
    Roster,
    /// One made for the example.
    Example,
}

/// One attestation to come, or a deed of the operator.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    /// When it is logged.
    pub(crate) logged_at: u64,
    /// When it is signed.
    pub(crate) made_at: u64,
    /// Who signs: a place in the roster, or the root.
    pub(crate) signer: Option<usize>,
    /// The round that it belongs to.
    pub(crate) round: usize,
    /// What.
    pub(crate) deed: Deed,
}

/// What is said or done. Numbers are places in the roster, of a text or of a round.
#[derive(Clone, Debug)]
pub(crate) enum Deed {
    /// The operator publishes, and witnesses cosign.
    Checkpoint,
    /// The operator logs what they cosigned.
    Anchor,
    /// The root says whose witness counts.
    Policy,
    /// The root publishes a text.
    PublishText(usize),
    /// The signer opens the round.
    Open,
    /// The signer pledges.
    Pledge(Saying),
    /// The signer pledges to a text that the round does not accept.
    ForeignPledge(Saying),
    /// The signer pledges once more, which has no effect.
    PledgeAgain(Saying),
    /// The signer corrects its pledge.
    Correct(Reason, Saying),
    /// The signer withdraws its pledge.
    Withdraw,
    /// A unit is enrolled after the round has opened.
    Enroll(usize),
    /// A unit gets another key, or its first; its statements are void from this number on.
    Rekey(usize, Option<u64>),
    /// A unit gets another key; its last statement is void.
    Dispute(usize),
    /// A unit's key is revoked.
    Revoke(usize),
    /// A unit gets another name.
    Rename(usize),
    /// A unit gets another one above it.
    Move(usize, Option<usize>),
    /// A unit ends; others take over.
    Retire(usize, Vec<usize>),
    /// The signer's device opens its journal.
    OpenJournal,
    /// The signer told its staff the rules.
    Brief(Topic, Coverage),
    /// The signer watched for some days. No case is a statement.
    Monitor(u32, Vec<CategoryCount>, Vec<Risk>),
    /// The signer handed a case on.
    Refer(Handed),
    /// The signer says what became of it.
    ReferAgain(Handed),
}

/// What a pledge says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Saying {
    /// The text: a place among those of the plot.
    pub(crate) text: usize,
    /// A commitment left out.
    pub(crate) without: Option<u8>,
    /// Who is covered.
    pub(crate) coverage: Coverage,
    /// Form.
    pub(crate) form: Form,
    /// Role of the signatory.
    pub(crate) role: Role,
}

/// A story of one round or of several.
#[derive(Debug, Default)]
pub(crate) struct Story {
    /// What happens, in the order of logging.
    pub(crate) events: Vec<Event>,
    /// Who is enrolled in the course of it, not before.
    pub(crate) enrolled_late: Option<usize>,
    /// The first unit with an example key that never pledges.
    pub(crate) silent: Option<usize>,
}

/// Tells the story of a roster.
pub(crate) fn tell(options: &Options<'_>, round: &OpenRound<'_>, members: &[Member<'_>]) -> Story {
    let draw = Draw::new(options.seed);
    let calendar = Calendar::of(round);
    let mut teller = Teller { draw, calendar, members, story: Story::default() };
    let parts = cast::cast(draw, members);
    let mut leading = 2_u32;
    for (unit, member) in members.iter().enumerate() {
        let asked = round.kinds.is_empty() || round.kinds.iter().any(|kind| kind.as_str() == member.kind);
        if member.key != Key::Example || !asked {
            continue;
        }
        if let Some(part) = parts.get(&unit) {
            teller.play(unit, *part);
        } else if leading > 0 {
            // The first two units sign whole and early: heads go first, and the README can count on it.
            leading -= 1;
            teller.pledge(unit, 0, teller.saying(unit, 0, None));
        } else if draw.chance(options.missing, "missing", member.id) {
            teller.story.silent.get_or_insert(unit);
        } else {
            teller.ordinary(unit);
        }
    }
    teller.story.events.sort_by_key(|event| event.logged_at);
    teller.story
}

/// How many of a thousand units that pledge do not just do so in time and whole.
const LATE: u64 = 50;
const INCOMPLETE: u64 = 45;
const COMMITMENT_LEFT_OUT: u64 = 20;
const PROGRESS: u64 = 65;
const WRONG: u64 = 10;
/// Pledges by week of the round: many at once, a long tail, some before the deadline.
const WEEKS: [u64; 15] = [18, 14, 10, 8, 6, 5, 4, 4, 3, 3, 3, 4, 5, 6, 7];
/// And after it.
const WEEKS_LATE: [u64; 3] = [5, 3, 2];

struct Teller<'a> {
    draw: Draw,
    calendar: Calendar,
    members: &'a [Member<'a>],
    story: Story,
}

impl Teller<'_> {
    fn id(&self, unit: usize) -> &str {
        self.members.get(unit).map_or("", |member| member.id)
    }

    fn staff(&self, unit: usize) -> Staff {
        let kind = self.members.get(unit).map_or("", |member| member.kind);
        Staff::of(self.draw, self.id(unit), kind)
    }

    fn some(&self, unit: usize) -> u32 {
        self.staff(unit).some(self.draw, self.id(unit))
    }

    fn saying(&self, unit: usize, absent: u32, without: Option<u8>) -> Saying {
        let form = match self.draw.weighted(&[6, 3, 1], "form", self.id(unit)) {
            0 => Form::Ikrar,
            1 => Form::PaktaIntegritas,
            _ => Form::Deklarasi,
        };
        let role = match self.draw.weighted(&[80, 10, 5, 5], "role", self.id(unit)) {
            0 => Role::Head,
            1 => Role::Plt,
            2 => Role::Plh,
            _ => Role::Pj,
        };
        Saying { text: 0, without, coverage: self.staff(unit).signed_but(absent), form, role }
    }

    fn week(&self, unit: usize) -> u64 {
        self.draw.weighted(&WEEKS, "week", self.id(unit))
    }

    /// A signed statement travels for minutes or hours.
    fn say(&mut self, week: u64, question: &str, signer: usize, deed: Deed) {
        let logged_at = self.calendar.moment(self.draw, week, question, self.id(signer));
        let travel = 300 + self.draw.below(4 * 3600, question, self.id(signer));
        self.story.events.push(Event { logged_at, made_at: logged_at - travel, signer: Some(signer), round: 0, deed });
    }

    fn pledge(&mut self, unit: usize, week: u64, saying: Saying) {
        self.say(week, "pledge", unit, Deed::Pledge(saying));
    }

    fn ordinary(&mut self, unit: usize) {
        let whole = self.saying(unit, 0, None);
        let part = self.saying(unit, self.some(unit), None);
        let week = self.week(unit);
        let mut lot = self.draw.below(1000, "course", self.id(unit));
        let mut falls = |among: u64| {
            let hit = lot < among;
            lot = if hit { u64::MAX } else { lot - among };
            hit
        };
        if falls(LATE) {
            let week = 15 + self.draw.weighted(&WEEKS_LATE, "late week", self.id(unit));
            self.pledge(unit, week, whole);
            // Half of them had signed in time, and were offline.
            let earlier = self.calendar.due - 3600 * (1 + self.draw.below(200, "offline", self.id(unit)));
            if self.draw.chance(0.5, "signed earlier", self.id(unit))
                && let Some(event) = self.story.events.last_mut()
            {
                event.made_at = earlier;
            }
        } else if falls(INCOMPLETE) {
            self.pledge(unit, week, part);
        } else if falls(COMMITMENT_LEFT_OUT) {
            let left_out = u8::try_from(1 + self.draw.below(4, "commitment", self.id(unit))).ok();
            let saying = self.saying(unit, 0, left_out);
            self.pledge(unit, week, saying);
        } else if falls(PROGRESS) {
            // The rest sign later, of some units only after due.
            let later = 1 + week.min(12) + self.draw.below(6, "progress week", self.id(unit));
            self.pledge(unit, week.min(12), part);
            self.say(later, "progress", unit, Deed::Correct(Reason::Progress, whole));
        } else if falls(WRONG) {
            self.pledge(unit, week.min(10), part);
            self.say(week.min(10) + 2, "error", unit, Deed::Correct(Reason::Error, whole));
        } else {
            self.pledge(unit, week, whole);
        }
    }

    fn play(&mut self, unit: usize, part: Part) {
        let Part { role, parent, sibling } = part;
        let whole = self.saying(unit, 0, None);
        let early = self.week(unit).min(3);
        use cast::CastRole as R;
        match role {
            R::Disputed | R::DisputedAndBack => {
                self.pledge(unit, early, whole);
                self.say(10, "dispute", parent, Deed::Rekey(unit, Some(0)));
                if role == R::DisputedAndBack {
                    self.say(12, "pledge again", unit, Deed::Pledge(whole));
                }
            }
            R::RetiredUnfulfilled => self.say(7, "retire", parent, Deed::Retire(unit, sibling.into_iter().collect())),
            R::RetiredAfterDue => {
                self.pledge(unit, early, whole);
                self.say(16, "retire", parent, Deed::Retire(unit, sibling.into_iter().collect()));
            }
            R::Rekeyed => {
                self.pledge(unit, early, whole);
                self.say(8, "rekey", unit, Deed::Rekey(unit, None));
            }
            R::ForcedRekey => {
                self.pledge(unit, early, whole);
                self.say(9, "rekey", parent, Deed::Rekey(unit, None));
            }
            R::Foreign => {
                self.say(1, "foreign", unit, Deed::ForeignPledge(whole));
                self.pledge(unit, 5, whole);
            }
            R::ForeignOnly => self.say(2, "foreign", unit, Deed::ForeignPledge(whole)),
            R::Withdrawn => {
                self.pledge(unit, early, whole);
                self.say(11, "withdraw", unit, Deed::Withdraw);
            }
            R::Corrected => {
                let part = self.saying(unit, self.some(unit), None);
                self.pledge(unit, early, whole);
                self.say(6, "error", unit, Deed::Correct(Reason::Error, part));
            }
            R::Renamed => {
                self.pledge(unit, early, whole);
                self.say(4, "rename", parent, Deed::Rename(unit));
            }
            R::EnrolledLate => {
                self.story.enrolled_late = Some(unit);
                self.say(3, "enroll", parent, Deed::Enroll(unit));
                self.pledge(unit, 6, whole);
            }
            R::Briefed => {
                self.pledge(unit, early, whole);
                self.say(5, "brief", unit, Deed::Brief(Topic::SocialMedia, whole.coverage));
            }
            R::Monitoring => {
                self.pledge(unit, early, whole);
                self.say(14, "monitor", unit, Deed::Monitor(30, Vec::new(), Vec::new()));
            }
            R::Referring => {
                self.pledge(unit, early, whole);
                self.say(13, "refer", unit, Deed::Refer(Handed::REPORTED));
            }
        }
    }
}
