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
}
