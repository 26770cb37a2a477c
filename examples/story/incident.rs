//! What may befall a unit in a later round.

/// One thing that befalls a unit, so that a report must show it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Incident {
    /// A unit that never had a key gets one.
    FirstKey,
    /// A unit whose key was revoked gets one again.
    KeyAgain,
    /// Its key is revoked, and no other takes its place: it cannot pledge.
    Revoked,
    /// It changes its own key in the week before due.
    RekeyedNearDue,
    /// The unit above changes its key in the week before due.
    ForcedRekeyNearDue,
    /// Its key was stolen: its pledge is void, and it says nothing more.
    Disputed,
    /// Its pledge is void; it pledges again under the new key.
    DisputedAndBack,
    /// It pledges to another text, then to the right one.
    Foreign,
    /// It pledges to another text only.
    ForeignOnly,
    /// It pledges twice; the second has no effect.
    SecondPledge,
    /// It withdraws its pledge for good.
    Withdrawn,
    /// It corrects a pledge that claimed too many signatures, then that.
    WrongAndRight,
    /// It corrects its pledge on new information.
    NewInformation,
    /// It comes under another unit.
    Moved,
    /// It gets another name.
    Renamed,
    /// Two units end, and a third takes over. One of the two has pledged before.
    Merged,
    /// It ends, and two new units take over.
    Split,
    /// It is new.
    Founded,
    /// A unit that had ended is enrolled again.
    Returned,
    /// It ends after due.
    RetiredAfterDue,
    /// Its signing device opens a journal.
    Journal,
    /// Of its cases, one is told through all that becomes of it.
    Referred,
}
