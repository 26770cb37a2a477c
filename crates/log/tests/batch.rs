//! A batch gives each signature the verdict of the single rule: on honest, changed, small-order, mixed-order and
//! non-canonical ones, in every mixture.

use std::collections::HashMap;
use std::path::Path;

use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT as B, EIGHT_TORSION};
use curve25519_dalek::scalar::Scalar;
use ikrar_core::digest::PublicKey;
use ikrar_core::signature::{DecodedKey, verify};
use ikrar_log::batch::Batch;
use proptest::prelude::*;
use sha2::{Digest as _, Sha512};

#[derive(Clone, Debug)]
struct Signed {
    key: PublicKey,
    message: Vec<u8>,
    signature: [u8; 64],
}

/// What is wrong, or odd, with a signature.
#[derive(Clone, Copy, Debug)]
enum Oddity {
    None,
    /// R and A have these components of small order.
    Torsion(usize, usize),
    /// R is one of the eight points of small order, and s fits it.
    SmallR(usize),
    FlippedBit(usize),
    OtherMessage,
    OtherKey,
    /// s + L.
    LargeS,
    /// y = p, which some read as y = 0; and the sign bit on x = 0.
    NonCanonicalR(bool),
    /// No point of the curve.
    NoR,
    Zeros,
}

fn scalar(parts: &[&[u8]]) -> Scalar {
    let mut hash = Sha512::new();
    parts.iter().for_each(|part| hash.update(part));
    Scalar::from_bytes_mod_order_wide(&hash.finalize().into())
}

/// Signs as whoever holds the key can, on purpose.
fn sign(seed: u8, message: &[u8], oddity: Oddity) -> Signed {
    let a = scalar(&[b"key", &[seed]]);
    let mut r = scalar(&[b"nonce", &[seed], message]);
    let (mut of_r, mut of_a) = (0, 0);
    match oddity {
        Oddity::Torsion(r, a) => (of_r, of_a) = (r, a),
        Oddity::SmallR(place) => (r, of_r) = (Scalar::ZERO, place),
        _ => {}
    }
    let key = (B * a + EIGHT_TORSION[of_a]).compress().to_bytes();
    let mut encoded = (B * r + EIGHT_TORSION[of_r]).compress().to_bytes();
    match oddity {
        Oddity::NonCanonicalR(false) => encoded = std::array::from_fn(|i| if i == 0 { 0xED } else { 0xFF }),
        Oddity::NonCanonicalR(true) => encoded = std::array::from_fn(|i| if i == 0 { 1 } else { 0 }),
        Oddity::NoR => encoded = std::array::from_fn(|i| if i == 0 { 2 } else { 0 }),
        _ => {}
    }
    match oddity {
        Oddity::NonCanonicalR(false) => encoded[31] = 0x7F,
        Oddity::NonCanonicalR(true) => encoded[31] = 0x80,
        _ => {}
    }
    let k = scalar(&[&encoded, &key, message]);
    let mut s = (r + k * a).to_bytes();
    if matches!(oddity, Oddity::LargeS) {
        s = plus_l(s);
    }
    let mut signed = Signed { key: PublicKey(key), message: message.to_vec(), signature: [0; 64] };
    signed.signature[..32].copy_from_slice(&encoded);
    signed.signature[32..].copy_from_slice(&s);
    match oddity {
        Oddity::FlippedBit(bit) => signed.signature[bit / 8 % 64] ^= 1 << (bit % 8),
        Oddity::OtherMessage => signed.message.push(0),
        Oddity::OtherKey => signed.key = PublicKey((B * scalar(&[b"key", &[!seed]])).compress().to_bytes()),
        Oddity::Zeros => signed.signature = [0; 64],
        _ => {}
    }
    signed
}

/// s + L as 32 bytes; there is room for it.
fn plus_l(s: [u8; 32]) -> [u8; 32] {
    let minus_one = (Scalar::ZERO - Scalar::ONE).to_bytes();
    let mut carry = 1_u16;
    std::array::from_fn(|i| {
        let sum = u16::from(s[i]) + u16::from(minus_one[i]) + carry;
        carry = sum >> 8;
        sum.to_le_bytes()[0]
    })
}

/// What the batch says of each; a key that does not pass never gets into one.
fn by_batch(signed: &[Signed]) -> Vec<bool> {
    let mut batch = Batch::default();
    let mut places = HashMap::new();
    let numbers: Vec<Option<usize>> = signed
        .iter()
        .map(|it| {
            let decoded = DecodedKey::new(&it.key).ok()?;
            let key = *places.entry(it.key).or_insert_with(|| batch.key(&decoded));
            let number = batch.len();
            assert_eq!(batch.push(key, &it.message, &it.signature), Some(it.key));
            Some(number)
        })
        .collect();
    assert_eq!(batch.len(), numbers.iter().flatten().count());
    let verdicts = batch.verify();
    numbers.iter().map(|number| number.is_some_and(|number| verdicts[number])).collect()
}

fn singly(signed: &[Signed]) -> Vec<bool> {
    signed.iter().map(|it| verify(&it.key, &it.message, &it.signature).is_ok()).collect()
}

fn oddity() -> impl Strategy<Value = Oddity> {
    prop_oneof![
        8 => Just(Oddity::None),
        4 => (0..8_usize, 0..8_usize).prop_map(|(r, a)| Oddity::Torsion(r, a)),
        1 => (0..8_usize).prop_map(Oddity::SmallR),
        2 => (0..512_usize).prop_map(Oddity::FlippedBit),
        1 => Just(Oddity::OtherMessage),
        1 => Just(Oddity::OtherKey),
        1 => Just(Oddity::LargeS),
        1 => any::<bool>().prop_map(Oddity::NonCanonicalR),
        1 => Just(Oddity::NoR),
        1 => Just(Oddity::Zeros),
    ]
}

fn signed(oddity: impl Strategy<Value = Oddity>) -> impl Strategy<Value = Signed> {
    (0..6_u8, prop::collection::vec(any::<u8>(), 0..4), oddity).prop_map(|(seed, message, it)| sign(seed, &message, it))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn a_batch_and_the_single_rule_disagree(batch in prop::collection::vec(signed(oddity()), 0..=64)) {
        prop_assert_eq!(by_batch(&batch), singly(&batch));
    }

    #[test]
    fn a_batch_of_good_signatures_is_refused(
        batch in prop::collection::vec(
            signed((0..8_usize, 0..8_usize).prop_map(|(r, a)| Oddity::Torsion(r, a))), 0..=64,
        ),
    ) {
        prop_assert!(singly(&batch).iter().all(|good| *good));
        prop_assert!(by_batch(&batch).iter().all(|good| *good));
    }

    #[test]
    fn one_bad_signature_hides_in_a_batch(
        mut batch in prop::collection::vec(signed(Just(Oddity::None)), 1..=64),
        place: prop::sample::Index, bit in 0..512_usize,
    ) {
        let place = place.index(batch.len());
        batch[place].signature[bit / 8] ^= 1 << (bit % 8);
        let expected: Vec<bool> = (0..batch.len()).map(|at| at != place).collect();
        prop_assert_eq!(by_batch(&batch), expected);
    }
}

#[test]
fn a_large_batch_and_the_single_rule_disagree() {
    let oddities =
        [Oddity::FlippedBit(300), Oddity::Torsion(3, 5), Oddity::OtherKey, Oddity::NonCanonicalR(true), Oddity::Zeros];
    for (size, every) in [(189, 50), (190, 7), (600, 1), (900, 2), (2_000, 701)] {
        let batch: Vec<Signed> = (0..size)
            .map(|number: usize| {
                let odd = oddities[number / every % oddities.len()];
                let oddity = if number.is_multiple_of(every) { odd } else { Oddity::None };
                let seed = u8::try_from(number % 256).unwrap();
                sign(seed, number.to_string().as_bytes(), oddity)
            })
            .collect();
        assert_eq!(by_batch(&batch), singly(&batch), "{size} signatures, every {every} odd");
    }
}

/// Two wrong signatures whose errors cancel out where coefficients are equal, or left out.
#[test]
fn errors_that_cancel_out_pass() {
    let mut pair = [sign(1, b"a", Oddity::None), sign(2, b"b", Oddity::None)];
    for (signed, by) in pair.iter_mut().zip([Scalar::ONE, -Scalar::ONE]) {
        let s = Scalar::from_canonical_bytes(signed.signature[32..].try_into().unwrap()).unwrap();
        signed.signature[32..].copy_from_slice(&(s + by).to_bytes());
    }
    let many: Vec<Signed> = pair.iter().cycle().take(16).cloned().collect();
    assert!(by_batch(&many).iter().all(|good| !good));
}

/// Each published case, alone and among honest signatures.
fn hold_against_single(case: &Signed, name: &str) -> bool {
    let verdict = singly(std::slice::from_ref(case))[0];
    for honest in [0_u8, 1, 5, 40] {
        for place in [0, honest / 2, honest] {
            let mut batch: Vec<Signed> = (0..honest).map(|seed| sign(seed, &[seed], Oddity::None)).collect();
            batch.insert(usize::from(place), case.clone());
            assert_eq!(by_batch(&batch)[usize::from(place)], verdict, "{name} among {honest}");
            assert_eq!(by_batch(&batch).iter().filter(|good| !**good).count(), usize::from(!verdict), "{name}");
        }
    }
    verdict
}

fn hex(text: &str) -> Vec<u8> {
    data_encoding::HEXLOWER_PERMISSIVE.decode(text.as_bytes()).unwrap()
}

fn case(key: &str, message: &str, signature: &str) -> Signed {
    let (key, signature) = (hex(key).try_into().unwrap(), hex(signature).try_into().unwrap());
    Signed { key: PublicKey(key), message: hex(message), signature }
}

#[test]
fn a_vector_gets_another_verdict_in_a_batch() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/ed25519");
    let mut count = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let file = file.unwrap().path();
        let name = file.display().to_string();
        if !name.ends_with(".txt") {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim).unwrap();
        let accepted = hold_against_single(&case(field("key:"), field("message:"), field("signature:")), &name);
        assert_eq!(accepted, field("verdict:") == "accept", "{name}");
        count += 1;
    }
    assert!(count >= 50, "only {count} vectors");
}

/// The folder with published vectors, where there is one.
fn published(file: &str) -> Option<serde_json::Value> {
    let file = Path::new(&std::env::var_os("IKRAR_VECTORS")?).join(file);
    Some(serde_json::from_str(&std::fs::read_to_string(file).ok()?).unwrap())
}

#[test]
fn a_speccheck_case_gets_another_verdict_in_a_batch() {
    let Some(cases) = published("ed25519-speccheck/cases.json") else { return };
    let accepted: Vec<usize> = (cases.as_array().unwrap().iter().enumerate())
        .filter(|(number, it)| {
            let text = |name: &str| it[name].as_str().unwrap();
            hold_against_single(&case(text("pub_key"), text("message"), text("signature")), &number.to_string())
        })
        .map(|(number, _)| number)
        .collect();
    assert_eq!(accepted, [2, 3, 4, 5]);
}

#[test]
fn a_wycheproof_case_gets_another_verdict_in_a_batch() {
    let Some(groups) = published("wycheproof/ed25519_test.json") else { return };
    for group in groups["testGroups"].as_array().unwrap() {
        let key = group["publicKey"]["pk"].as_str().unwrap();
        for it in group["tests"].as_array().unwrap() {
            let text = |name: &str| it[name].as_str().unwrap();
            if text("sig").len() != 128 {
                continue;
            }
            let accepted = hold_against_single(&case(key, text("msg"), text("sig")), &it["tcId"].to_string());
            assert_eq!(accepted, text("result") != "invalid", "case {}", it["tcId"]);
        }
    }
}
