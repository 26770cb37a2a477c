//! Record headers and what pages begin with (spec §13.1 to §13.3).
//!
//! ```text
//! 0      1      2          5       8             12           16         pad(16)     +pad(length)    +W
//! ├──────┼──────┼──────────┼───────┼─────────────┼────────────┼──────────┼────────────┼───────────────┤
//! │ kind │ mark │ length   │ gap   │ payload CRC │ header CRC │ 0xFF     │ payload    │ commit word   │
//! │ u8   │ u8   │ u24      │ u24   │ u32         │ u32        │          │ and 0xFF   │ W zero bytes  │
//! └──────┴──────┴──────────┴───────┴─────────────┴────────────┴──────────┴────────────┴───────────────┘
//! ```

use crate::crc::crc32;
use crate::geometry::WORD_MAX;
use crate::media::ERASED;

/// Bytes of a record's header, without its padding.
pub(crate) const HEADER: u32 = 16;
/// Bytes of a page's header, without its padding.
pub(crate) const PAGE_HEADER: u32 = 32;
/// Most bytes of a page's header.
pub(crate) const PAGE_HEADER_MAX: usize = 64;
/// Version of the format.
const VERSION: u8 = 1;
const MAGIC: [u8; 4] = *b"IKRJ";

/// What a record holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Base,
    Entry,
    Body,
    Signature,
    Checkpoint,
    Acknowledgement,
    Table,
}

impl Kind {
    const ALL: [Self; 7] =
        [Self::Base, Self::Entry, Self::Body, Self::Signature, Self::Checkpoint, Self::Acknowledgement, Self::Table];

    pub(crate) const fn number(self) -> u8 {
        match self {
            Self::Base => 1,
            Self::Entry => 2,
            Self::Body => 3,
            Self::Signature => 4,
            Self::Checkpoint => 5,
            Self::Acknowledgement => 6,
            Self::Table => 7,
        }
    }

    pub(crate) fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }
}

/// A record's header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) kind: u8,
    pub(crate) mark: u8,
    pub(crate) length: u32,
    pub(crate) gap: u32,
    pub(crate) payload_crc: u32,
}

/// What the bytes where a header could be are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HeaderRead {
    Erased,
    Whole(Header),
    /// With one bit inverted it checks.
    Mended(Header),
    Other,
}

impl Header {
    /// Fills `words`, a header with its padding.
    pub(crate) fn encode(&self, words: &mut [u8]) {
        let ([_, length @ ..], [_, gap @ ..]) = (self.length.to_be_bytes(), self.gap.to_be_bytes());
        let mut fields = [0; 12];
        let parts: [&[u8]; 4] = [&[self.kind, self.mark], &length, &gap, &self.payload_crc.to_be_bytes()];
        fields.iter_mut().zip(parts.into_iter().flatten()).for_each(|(to, from)| *to = *from);
        words.fill(ERASED);
        let check = crc32(&[&fields, words.get(16..).unwrap_or_default()]);
        words.iter_mut().zip(fields.into_iter().chain(check.to_be_bytes())).for_each(|(to, from)| *to = from);
    }

    fn decode(words: &[u8]) -> Option<Self> {
        let (header, padding) = words.split_first_chunk::<16>()?;
        let [kind, mark, l2, l1, l0, g2, g1, g0, p3, p2, p1, p0, c3, c2, c1, c0] = *header;
        let check = crc32(&[words.first_chunk::<12>()?, padding]);
        (check == u32::from_be_bytes([c3, c2, c1, c0])).then_some(Self {
            kind,
            mark,
            length: u32::from_be_bytes([0, l2, l1, l0]),
            gap: u32::from_be_bytes([0, g2, g1, g0]),
            payload_crc: u32::from_be_bytes([p3, p2, p1, p0]),
        })
    }

    /// Reads a header; `mend` where one is due here.
    pub(crate) fn read(words: &mut [u8], mend: bool) -> HeaderRead {
        if is_erased(words) {
            return HeaderRead::Erased;
        }
        if let Some(header) = Self::decode(words) {
            return HeaderRead::Whole(header);
        }
        let bytes = if mend { words.len().min(WORD_MAX) } else { 0 };
        for index in 0..bytes {
            for bit in 0..8_u32 {
                let flip = |words: &mut [u8]| {
                    if let Some(byte) = words.get_mut(index) {
                        *byte ^= 1 << bit;
                    }
                };
                flip(words);
                let mended = Self::decode(words);
                flip(words);
                if let Some(header) = mended.filter(|header| Kind::from_number(header.kind).is_some()) {
                    return HeaderRead::Mended(header);
                }
            }
        }
        HeaderRead::Other
    }
}

/// What a page's header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PageHeader {
    pub(crate) word: u8,
    pub(crate) page: u32,
    pub(crate) page_size: u32,
    pub(crate) pages: u32,
}

impl PageHeader {
    /// Fills `words`, a page's header with its padding.
    pub(crate) fn encode(&self, words: &mut [u8]) {
        let mut fields = [0; 28];
        let parts: [&[u8]; 5] = [
            &MAGIC,
            &[VERSION, self.word, 0, 0],
            &self.page.to_be_bytes(),
            &self.page_size.to_be_bytes(),
            &self.pages.to_be_bytes(),
        ];
        fields.iter_mut().zip(parts.into_iter().flatten()).for_each(|(to, from)| *to = *from);
        words.fill(ERASED);
        let check = crc32(&[&fields, words.get(32..).unwrap_or_default()]);
        words.iter_mut().zip(fields.into_iter().chain(check.to_be_bytes())).for_each(|(to, from)| *to = from);
    }

    /// None unless the bytes are exactly what [`encode`](Self::encode) writes.
    pub(crate) fn decode(words: &[u8]) -> Option<Self> {
        let fields = words.first_chunk::<28>()?;
        let (_, rest) = fields.split_first_chunk::<5>()?;
        let [word, _, _, rest @ ..] = rest else { return None };
        let (page, rest) = rest.split_first_chunk::<4>()?;
        let (page_size, rest) = rest.split_first_chunk::<4>()?;
        let pages = rest.first_chunk::<4>()?;
        let header = Self {
            word: *word,
            page: u32::from_be_bytes(*page),
            page_size: u32::from_be_bytes(*page_size),
            pages: u32::from_be_bytes(*pages),
        };
        let mut again = [ERASED; PAGE_HEADER_MAX];
        let again = again.get_mut(..words.len())?;
        header.encode(again);
        (again == words).then_some(header)
    }
}

pub(crate) fn is_erased(words: &[u8]) -> bool {
    words.iter().all(|byte| *byte == ERASED)
}
