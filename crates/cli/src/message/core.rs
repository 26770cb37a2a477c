//! The core: its rules, and the errors of fields, codec, keys, notes and proofs.

use ikrar_core::checkpoint::CheckpointError;
use ikrar_core::codec::DecodeError;
use ikrar_core::field::FieldError;
use ikrar_core::merkle::ProofError;
use ikrar_core::note::{KeyError, MAX_NOTE, MAX_SIGNATURES, NoteError, SignError};
use ikrar_core::policy::{PolicyError, PolicyRule};
use ikrar_core::rule::Rule;
use ikrar_core::signature::SignatureError;

use super::keys::of_agent;
use super::{Message, Tell, cause};

impl Tell for Rule {
    fn message(&self) -> Message {
        Message::named("rule", self.name())
    }
}

impl Tell for FieldError {
    fn message(&self) -> Message {
        cause(match self {
            Self::Length => "field-length",
            Self::Character => "field-character",
            Self::PersonalNumber => "field-personal-number",
            Self::Range => "field-range",
            Self::Order => "field-order",
        })
    }
}

impl Tell for DecodeError {
    fn message(&self) -> Message {
        cause(match self {
            Self::Truncated => "decode-truncated",
            Self::TrailingData => "decode-trailing-data",
            Self::UnknownTag => "decode-unknown-tag",
            Self::Utf8 => "decode-utf8",
            Self::Varint => "decode-varint",
            Self::Field => "decode-field",
            Self::TooLong => "decode-too-long",
            Self::Version => "decode-version",
            Self::Algorithm => "decode-algorithm",
        })
    }
}

impl Tell for SignatureError {
    fn message(&self) -> Message {
        cause(match self {
            Self::NonCanonicalKey => "signature-non-canonical-key",
            Self::SmallOrderKey => "signature-small-order-key",
            Self::NonCanonicalR => "signature-non-canonical-r",
            Self::NonCanonicalS => "signature-non-canonical-s",
            Self::Mismatch => "signature-mismatch",
        })
    }
}

impl Tell for KeyError {
    fn message(&self) -> Message {
        match self {
            Self::Malformed => cause("verifier-malformed"),
            Self::Name => cause("verifier-name"),
            Self::UnsupportedKind(kind) => cause("verifier-kind").with("kind", format_args!("{kind:#04x}")),
            Self::IdMismatch => cause("verifier-id"),
            Self::Key(error) => error.message(),
        }
    }
}

impl Tell for NoteError {
    fn message(&self) -> Message {
        match self {
            Self::TooLong => cause("note-too-long").count("most", MAX_NOTE),
            Self::NotUtf8 => cause("note-not-utf8"),
            Self::ControlCharacter => cause("note-control-character"),
            Self::NoSignatures => cause("note-no-signatures"),
            Self::TooManySignatures => cause("note-too-many-signatures").count("most", MAX_SIGNATURES),
            Self::MalformedSignature => cause("note-malformed-signature"),
            Self::BadSignature => cause("note-bad-signature"),
        }
    }
}

impl Tell for SignError {
    fn message(&self) -> Message {
        if let Self::Signer(error) = self
            && let Some(agent) = of_agent(error)
        {
            return agent.message();
        }
        cause(match self {
            Self::Text => "sign-text",
            Self::KeyKind => "sign-key-kind",
            Self::Origin => "sign-origin",
            Self::Extension => "sign-extension",
            Self::Timestamp => "sign-timestamp",
            Self::Signer(_) => "sign-signer",
            Self::WrongKey => "sign-wrong-key",
            Self::Write(_) => "sign-write",
        })
    }
}

impl Tell for CheckpointError {
    fn message(&self) -> Message {
        match self {
            Self::Note(error) => error.message(),
            Self::Origin => cause("checkpoint-no-origin"),
            Self::Size => cause("checkpoint-size"),
            Self::Root => cause("checkpoint-root"),
            Self::EmptyLine => cause("checkpoint-empty-line"),
            Self::NotALogKey => cause("checkpoint-not-a-log-key"),
            Self::OtherOrigin => cause("checkpoint-other-origin"),
            Self::NotSigned => cause("checkpoint-not-signed"),
            Self::EmptyTreeRoot => cause("checkpoint-empty-tree-root"),
        }
    }
}

impl Tell for PolicyError {
    fn message(&self) -> Message {
        cause("policy-line").with("line", self.line).told("rule", &self.rule)
    }
}

impl Tell for PolicyRule {
    fn message(&self) -> Message {
        cause(match self {
            Self::ControlCharacter => "policy-control-character",
            Self::Keyword => "policy-keyword",
            Self::MissingWord => "policy-missing-word",
            Self::ExtraWord => "policy-extra-word",
            Self::Key(error) => return error.message(),
            Self::KeyKind => "policy-key-kind",
            Self::DuplicateKey => "policy-duplicate-key",
            Self::DuplicateName => "policy-duplicate-name",
            Self::ReservedName => "policy-reserved-name",
            Self::UndefinedName => "policy-undefined-name",
            Self::MemberTwice => "policy-member-twice",
            Self::Threshold => "policy-threshold",
            Self::TooMany => "policy-too-many",
            Self::SecondQuorum => "policy-second-quorum",
            Self::NoQuorum => "policy-no-quorum",
        })
    }
}

impl Tell for ProofError {
    fn message(&self) -> Message {
        cause(match self {
            Self::IndexOutOfRange => "proof-index",
            Self::SizesDecrease => "proof-sizes",
            Self::EmptyTree => "proof-empty-tree",
            Self::TooShort => "proof-too-short",
            Self::TooLong => "proof-too-long",
            Self::PartialHash => "proof-partial-hash",
            Self::RootMismatch => "proof-root",
            Self::FirstRootMismatch => "proof-first-root",
        })
    }
}
