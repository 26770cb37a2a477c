//! The rules that decide an entry's outcome, numbered in the order in which they are tried (spec §7).

use core::fmt;

/// What a finding means for the verdict on the log.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// The log does not verify.
    Error,
    /// The log verifies; somebody should look.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// What an entry comes to where the rule fails.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Consequence {
    /// Never enters a log; where it did, it takes its place in chain and tree and has no other effect.
    Rejected,
    /// Authentic, so it advances its unit's chain; changes nothing else.
    NoEffect,
    /// The entry's outcome is untouched.
    Remark,
}

macro_rules! rules {
    ($($number:literal $variant:ident $name:literal $severity:ident $consequence:ident $doc:literal)*) => {
        /// A rule of the state machine.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        pub enum Rule { $(#[doc = $doc] $variant,)* }

        impl Rule {
            /// Every rule, by number.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its number in the spec.
            pub const fn number(self) -> u8 {
                match self { $(Self::$variant => $number,)* }
            }

            /// The name of its finding.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The severity of its finding.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// What the entry comes to.
            pub const fn consequence(self) -> Consequence {
                match self { $(Self::$variant => Consequence::$consequence,)* }
            }

            /// The rule broken, in a sentence, as it stands in the spec.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $doc,)* }
            }
        }
    };
}

rules! {
    1 EntryMalformed "entry-malformed" Error Rejected "the entry's header does not decode"
    2 ChainLink "chain-link" Error Rejected "`prev` is not the leaf hash of the entry before"
    3 LoggedAtUnknown "logged-at-unknown" Error Rejected "`logged_at` is 0, which only device journals may hold"
    4 AttestationMalformed "attestation-malformed" Error Rejected "the attestation is not the canonical encoding of a valid one"
    5 GenesisMisplaced "genesis-misplaced" Error Rejected "entry 0 is not `Genesis`, or another entry is"
    6 GenesisMalformed "genesis-malformed" Error Rejected "`Genesis` is not by `root` at the start of no epoch, or its keys are bad or not distinct"
    7 WrongRegistry "wrong-registry" Error Rejected "the id of `Genesis` is not the pinned registry id"
    8 UnknownUnit "unknown-unit" Error Rejected "the signing unit was never enrolled"
    9 NoKey "no-key" Error Rejected "the signing unit has no key in force: keyless, revoked or retired"
    10 WrongEpoch "wrong-epoch" Error Rejected "the epoch is not the one in force for the unit"
    11 BadSignature "bad-signature" Error Rejected "the signature does not verify under the key in force"
    12 StaleSeq "stale-seq" Error Rejected "the sequence number was used before: a duplicate, or a fork"
    13 SkippedSeq "skipped-seq" Error Rejected "sequence numbers before it are missing"
    14 WrongPrev "wrong-prev" Error Rejected "`prev` is not the id of the unit's attestation before"
    15 AnchorMalformed "anchor-malformed" Error Rejected "the anchor, its note or its checkpoint does not decode"
    16 AnchorSignature "anchor-signature" Error Rejected "the anchor's checkpoint is of another origin, or a signature of the log or of a known witness fails"
    17 AnchorProof "anchor-proof" Error Rejected "the anchor's checkpoint is empty, larger than the log before it, or not consistent with it"
    20 NotRoot "not-root" Warning NoEffect "only `root` may say this"
    21 RecoveryRestricted "recovery-restricted" Warning NoEffect "`recovery` may only rekey the root"
    22 ReservedUnit "reserved-unit" Warning NoEffect "`root` and `recovery` are not on the roster"
    23 UnknownSubject "unknown-subject" Warning NoEffect "a unit that it names was never enrolled"
    24 NotAncestor "not-ancestor" Warning NoEffect "the signer is not above the unit that it speaks of"
    25 AlreadyEnrolled "already-enrolled" Warning NoEffect "the unit is on the roster"
    26 RetiredSubject "retired-subject" Warning NoEffect "a unit that it names is retired"
    27 Cycle "cycle" Warning NoEffect "a unit would stand below itself, or succeed itself"
    28 TooDeep "too-deep" Warning NoEffect "a unit would stand more than 32 levels below the root"
    29 OtherEpoch "other-epoch" Warning NoEffect "the epoch that it ends is not the one in force"
    30 DisputeMisused "dispute-misused" Warning NoEffect "`compromised_since` needs an ended epoch, and another signer than the unit"
    31 RootNeedsKey "root-needs-key" Warning NoEffect "the root cannot be left without a key"
    32 BadKey "bad-key" Warning NoEffect "a key is not canonical or of small order"
    33 KeyReused "key-reused" Warning NoEffect "a key has served another unit or role"
    34 TextExists "text-exists" Warning NoEffect "the text was published before"
    35 BadPolicy "bad-policy" Warning NoEffect "the witness policy does not parse"
    36 ForeignJournal "foreign-journal" Warning NoEffect "the journal names another registry"
    37 RoundExists "round-exists" Warning NoEffect "the opener has a round of this id"
    38 RoundTerms "round-terms" Warning NoEffect "not opens ≤ due ≤ expires, or no text is accepted, or no pledge required"
    39 RoundTooLate "round-too-late" Warning NoEffect "the round was logged at or after its due time"
    40 UnknownText "unknown-text" Warning NoEffect "a text that it names was not published"
    41 UnknownRound "unknown-round" Warning NoEffect "the round was not opened"
    42 OutOfScope "out-of-scope" Warning NoEffect "the unit is not in the round's scope"
    43 RoundNotOpen "round-not-open" Warning NoEffect "logged before the round opens"
    44 ForeignText "foreign-text" Warning NoEffect "the round does not accept the text pledged"
    45 UnknownCommitment "unknown-commitment" Warning NoEffect "the text has no commitment of a number accepted"
    46 BadCount "bad-count" Warning NoEffect "more have signed, or were reached, than required"
    47 BadPeriod "bad-period" Warning NoEffect "the period ends before it starts"
    48 SecondPledge "second-pledge" Warning NoEffect "the unit has a pledge in this round; a change is a correction"
    49 Withdrawn "withdrawn" Warning NoEffect "the unit's pledge in this round is withdrawn, which is final"
    50 UnknownTarget "unknown-target" Warning NoEffect "the statement to correct is not one of the unit's"
    51 NotInForce "not-in-force" Warning NoEffect "the statement to correct is superseded, withdrawn or void"
    52 OtherSubject "other-subject" Warning NoEffect "the replacement is of another kind or round"
    53 NotProgress "not-progress" Warning NoEffect "counts or commitments shrink, or the text or the categories change"
    54 AnchorWithoutPolicy "anchor-without-policy" Warning NoEffect "no witness policy is in force, or its quorum is `none`"
    55 AnchorBelowQuorum "anchor-below-quorum" Warning NoEffect "the cosignatures do not meet the quorum of the policy in force"
    60 ClockDecreased "clock-decreased" Warning Remark "`logged_at` is less than in the entry before"
    61 ClockAnchor "clock-anchor" Warning Remark "`logged_at` contradicts witnessed time by more than ten minutes"
}
