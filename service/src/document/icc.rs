//! Builds the sRGB colour profile: ICC version 2, three primaries and one curve, so that no foreign file is shipped.

const VERSION: u32 = 0x0210_0000;
const CURVE_STEPS: u16 = 256;
/// The primaries of sRGB and its white, adapted to D50 as profiles ask.
const WHITE: [f64; 3] = [0.9642, 1.0, 0.8249];
const RED: [f64; 3] = [0.43607, 0.22249, 0.01392];
const GREEN: [f64; 3] = [0.38515, 0.71687, 0.09708];
const BLUE: [f64; 3] = [0.14307, 0.06061, 0.7141];

pub(super) fn srgb() -> Vec<u8> {
    let curve = curve();
    let tags: [(&[u8; 4], Vec<u8>); 9] = [
        (b"desc", description("sRGB")),
        (b"cprt", text("No copyright, use freely")),
        (b"wtpt", colour(WHITE)),
        (b"rXYZ", colour(RED)),
        (b"gXYZ", colour(GREEN)),
        (b"bXYZ", colour(BLUE)),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];

    let mut table = u32::to_be_bytes(9).to_vec();
    let mut data: Vec<u8> = Vec::new();
    let mut curve_offset = None;
    for (signature, content) in tags {
        let is_curve = signature.ends_with(b"TRC");
        let offset = curve_offset.filter(|_| is_curve).unwrap_or(HEADER + 4 + 9 * 12 + data.len());
        table.extend(signature);
        table.extend(length(offset).to_be_bytes());
        table.extend(length(content.len()).to_be_bytes());
        if is_curve && curve_offset.replace(offset).is_some() {
            continue;
        }
        data.extend(content);
        data.resize(data.len().next_multiple_of(4), 0);
    }

    [header(HEADER + table.len() + data.len()), table, data].concat()
}

const HEADER: usize = 128;

fn header(size: usize) -> Vec<u8> {
    let mut header = Vec::with_capacity(HEADER);
    header.extend(length(size).to_be_bytes());
    header.extend([0; 4]);
    header.extend(VERSION.to_be_bytes());
    header.extend(b"mntrRGB XYZ ");
    for part in [2026_u16, 1, 1, 0, 0, 0] {
        header.extend(part.to_be_bytes());
    }
    header.extend(b"acsp");
    header.resize(68, 0);
    header.extend(WHITE.into_iter().flat_map(fixed));
    header.resize(HEADER, 0);
    header
}

fn description(name: &str) -> Vec<u8> {
    let mut tag = b"desc\0\0\0\0".to_vec();
    tag.extend(length(name.len() + 1).to_be_bytes());
    tag.extend(name.as_bytes());
    // The end of the name, then no Unicode and no Macintosh name.
    tag.resize(tag.len() + 1 + 4 + 4 + 2 + 1 + 67, 0);
    tag
}

fn text(content: &str) -> Vec<u8> {
    [b"text\0\0\0\0", content.as_bytes(), b"\0"].concat()
}

fn colour(xyz: [f64; 3]) -> Vec<u8> {
    let numbers: Vec<u8> = xyz.into_iter().flat_map(fixed).collect();
    [b"XYZ \0\0\0\0", numbers.as_slice()].concat()
}

/// The transfer function of IEC 61966-2-1, as a table of sixteen-bit values.
fn curve() -> Vec<u8> {
    let linear = |step: u16| {
        let encoded = f64::from(step) / f64::from(CURVE_STEPS - 1);
        if encoded <= 0.04045 { encoded / 12.92 } else { ((encoded + 0.055) / 1.055).powf(2.4) }
    };
    let values = (0..CURVE_STEPS).flat_map(|step| rounded_u16(linear(step) * 65535.0).to_be_bytes());
    b"curv\0\0\0\0".iter().copied().chain(u32::from(CURVE_STEPS).to_be_bytes()).chain(values).collect()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the curve lies between 0 and 65535")]
fn rounded_u16(value: f64) -> u16 {
    value.round() as u16
}

/// Sixteen bits before the point and sixteen after.
#[expect(clippy::cast_possible_truncation, reason = "colours lie between 0 and 2")]
fn fixed(value: f64) -> [u8; 4] {
    ((value * 65536.0).round() as i32).to_be_bytes()
}

fn length(bytes: usize) -> u32 {
    u32::try_from(bytes).expect("the profile is under a kilobyte")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn u32_at(profile: &[u8], at: usize) -> usize {
        u32::from_be_bytes(profile[at..at + 4].try_into().expect("four bytes")) as usize
    }

    #[test]
    fn the_profile_says_its_own_size_and_every_tag_lies_inside() {
        let profile = srgb();

        assert_eq!(u32_at(&profile, 0), profile.len());
        assert_eq!(&profile[36..40], b"acsp");
        for tag in 0..u32_at(&profile, 128) {
            let record = 132 + tag * 12;
            assert!(u32_at(&profile, record + 4) + u32_at(&profile, record + 8) <= profile.len());
        }
    }

    #[test]
    fn the_primaries_add_up_to_white() {
        for axis in 0..3 {
            assert!((RED[axis] + GREEN[axis] + BLUE[axis] - WHITE[axis]).abs() < 0.0005, "axis {axis}");
        }
    }

    #[test]
    fn the_curve_runs_from_black_to_white_and_is_sixteen_bit_srgb_in_the_middle() {
        let curve = curve();
        let value = |step: usize| u16::from_be_bytes([curve[12 + step * 2], curve[13 + step * 2]]);

        assert_eq!((value(0), value(255)), (0, 65535));
        assert!((f64::from(value(128)) / 65535.0 - 0.2158).abs() < 0.0005);
    }
}
