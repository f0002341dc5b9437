//! The one place where a division loses something.

/// Quotient rounded to the nearest integer, an exact half away from zero: the rounding of every amount.
///
/// # Panics
/// When `divisor` is zero or negative: divisors here are constants of the rule or checked sums.
pub fn div_half_away(dividend: i128, divisor: i128) -> i128 {
    assert!(divisor > 0, "a divisor is positive");

    let (quotient, rest) = (dividend / divisor, dividend % divisor);
    if rest.unsigned_abs() >= divisor.unsigned_abs() - rest.unsigned_abs() {
        quotient + dividend.signum()
    } else {
        quotient
    }
}

/// Quotient rounded up: the rounding of a surety.
///
/// # Panics
/// When `divisor` is zero or negative.
pub fn div_up(dividend: i128, divisor: i128) -> i128 {
    assert!(divisor > 0, "a divisor is positive");

    dividend.div_euclid(divisor) + i128::from(dividend.rem_euclid(divisor) != 0)
}

/// Sum of fractions (dividend, divisor), rounded once, half away from zero. Exact as long as the product of the divisors
/// stays below 10^35; nothing when a dividend is negative, a divisor is not above zero, or the sum does not fit.
pub fn sum_half_away(fractions: &[(i128, i128)]) -> Option<i128> {
    let mut whole: i128 = 0;
    let mut rests = Vec::with_capacity(fractions.len());
    for (dividend, divisor) in fractions {
        if *dividend < 0 || *divisor <= 0 || *divisor > LARGEST_DIVISOR {
            return None;
        }
        whole = whole.checked_add(dividend / divisor)?;
        rests.push((dividend % divisor, *divisor));
    }

    // Long division of all rests at once: the digits after the comma of their sum.
    let mut digits: i128 = 0;
    for _ in 0..STEPS {
        digits = digits.checked_mul(scale(DIGITS_A_STEP))?;
        for (rest, divisor) in &mut rests {
            let next = *rest * scale(DIGITS_A_STEP);
            digits = digits.checked_add(next / *divisor)?;
            *rest = next % *divisor;
        }
    }
    // A quotient that goes on was cut by less than one unit of the last digit: one more each never misses a half.
    let cut = rests.iter().filter(|(rest, _)| *rest > 0).count();
    let digits = digits.checked_add(i128::try_from(cut).ok()?)?;

    whole.checked_add(div_half_away(digits, scale(DIGITS_A_STEP * STEPS)))
}

const STEPS: u32 = 4;
const DIGITS_A_STEP: u32 = 9;
/// A rest times a step still fits.
const LARGEST_DIVISOR: i128 = 10_i128.pow(29);

/// Power of ten that scales a number with this many decimals.
pub(crate) fn scale(decimals: u32) -> i128 {
    10_i128.pow(decimals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_goes_away_from_zero_and_less_goes_to_the_nearest() {
        let rounded = [-15, -14, -6, -5, -4, 0, 4, 5, 6, 14, 15].map(|dividend| div_half_away(dividend, 10));

        assert_eq!(rounded, [-2, -1, -1, -1, 0, 0, 0, 1, 1, 1, 2]);
    }

    #[test]
    fn an_odd_divisor_has_no_half() {
        assert_eq!([1, 2, 4, 5].map(|dividend| div_half_away(dividend, 3)), [0, 1, 1, 2]);
        assert_eq!([-1, -2].map(|dividend| div_half_away(dividend, 3)), [0, -1]);
    }

    #[test]
    fn rounding_up_keeps_exact_quotients() {
        assert_eq!([-1, 0, 1, 10, 11].map(|dividend| div_up(dividend, 10)), [0, 0, 1, 1, 2]);
    }

    #[test]
    fn a_sum_of_fractions_is_rounded_once() {
        assert_eq!(sum_half_away(&[(1, 3), (1, 3), (1, 3)]), Some(1));
        assert_eq!(sum_half_away(&[(1, 3), (1, 6)]), Some(1), "exactly a half");
        assert_eq!(sum_half_away(&[(1, 3), (1, 7)]), Some(0));
        assert_eq!(sum_half_away(&[(7, 2), (5, 4)]), Some(5));
        assert_eq!(sum_half_away(&[]), Some(0));
    }

    #[test]
    fn what_is_no_fraction_has_no_sum() {
        assert_eq!(sum_half_away(&[(-1, 3)]), None);
        assert_eq!(sum_half_away(&[(1, 0)]), None);
        assert_eq!(sum_half_away(&[(i128::MAX, 1), (1, 1)]), None);
    }
}
