package tarn.calculator;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// An exact fraction in lowest terms, the result of the four operations on decimals.
///
/// @param denominator positive, coprime to the numerator
/// @param exact false for an approximation of an irrational root
record Rational(BigInteger numerator, BigInteger denominator, boolean exact) implements Value, Comparable<Rational> {

    static final Rational ZERO = of(BigInteger.ZERO);
    static final Rational ONE = of(BigInteger.ONE);

    /// Significant digits of a non-terminating decimal, as in decimal128.
    private static final int DIGITS = 34;

    /// Decimal places of a root; more than a client can request.
    private static final int ROOT_PLACES = 110;

    private static final BigInteger FIVE = BigInteger.valueOf(5);
    private static final double BITS_OF_FIVE = Math.log(5) / Math.log(2);
    private static final double BITS_OF_DIGIT = Math.log(10) / Math.log(2);

    static Rational of(BigInteger whole) {
        return new Rational(whole, BigInteger.ONE, true);
    }

    static Rational of(BigDecimal decimal) {
        return decimal.scale() <= 0
                ? of(decimal.toBigIntegerExact())
                : lowest(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()), true);
    }

    /// @param denominator not 0
    private static Rational lowest(BigInteger numerator, BigInteger denominator, boolean exact) {
        if (denominator.equals(BigInteger.ONE)) {
            return new Rational(numerator, denominator, exact);
        }
        BigInteger common = numerator.gcd(denominator);
        BigInteger sign = BigInteger.valueOf(denominator.signum());
        return new Rational(
                numerator.divide(common).multiply(sign),
                denominator.divide(common).multiply(sign),
                exact);
    }

    Rational plus(Rational other) {
        return lowest(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator),
                exact && other.exact);
    }

    Rational minus(Rational other) {
        return plus(other.negated());
    }

    Rational times(Rational other) {
        return lowest(
                numerator.multiply(other.numerator), denominator.multiply(other.denominator), exact && other.exact);
    }

    /// @param other not 0
    Rational dividedBy(Rational other) {
        return lowest(
                numerator.multiply(other.denominator), denominator.multiply(other.numerator), exact && other.exact);
    }

    /// The remainder, with the sign of this.
    ///
    /// @param other not 0
    Rational remainder(Rational other) {
        Rational quotient = dividedBy(other);
        return minus(other.times(
                new Rational(quotient.numerator.divide(quotient.denominator), BigInteger.ONE, quotient.exact)));
    }

    /// @param exponent negative only if this is not 0
    Rational power(int exponent) {
        Rational base = exponent < 0 ? ONE.dividedBy(this) : this;
        int times = Math.abs(exponent);
        return new Rational(base.numerator.pow(times), base.denominator.pow(times), exact);
    }

    Rational negated() {
        return new Rational(numerator.negate(), denominator, exact);
    }

    Rational absolute() {
        return signum() < 0 ? negated() : this;
    }

    /// The square root: exact when rational, else to [#ROOT_PLACES] decimal places and significant
    /// digits. This must not be negative.
    Rational root() {
        BigInteger[] above = numerator.sqrtAndRemainder();
        BigInteger[] below = denominator.sqrtAndRemainder();
        if (above[1].signum() == 0 && below[1].signum() == 0) {
            return new Rational(above[0], below[0], exact);
        }
        // Half the decimal digits by which it is less than 1 are zeros at the root's begin.
        int zeros = Math.max(0, (denominator.bitLength() - numerator.bitLength()) * 31 / 200);
        BigInteger scale = BigInteger.TEN.pow(ROOT_PLACES + zeros);
        BigInteger scaled = numerator.multiply(denominator).multiply(scale).multiply(scale);
        return lowest(scaled.sqrt(), denominator.multiply(scale), false);
    }

    Rational lesser(Rational other) {
        return (compareTo(other) <= 0 ? this : other).resting(exact && other.exact);
    }

    @Override
    public Rational resting(boolean exactly) {
        return exact == (exact && exactly) ? this : new Rational(numerator, denominator, false);
    }

    /// Rounded to decimal places, or to powers of ten for a negative scale.
    Rational rounded(int scale, RoundingMode rounding) {
        Rational rounded = of(quotient(scale, rounding));
        return new Rational(rounded.numerator, rounded.denominator, exact);
    }

    private BigDecimal quotient(int scale, RoundingMode rounding) {
        return new BigDecimal(numerator).divide(new BigDecimal(denominator), scale, rounding);
    }

    int signum() {
        return numerator.signum();
    }

    boolean isWhole() {
        return denominator.equals(BigInteger.ONE);
    }

    /// Bits of numerator and denominator.
    int bits() {
        return numerator.bitLength() + denominator.bitLength();
    }

    @Override
    public int compareTo(Rational other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }

    /// The value in plain digits: all digits when terminating and exact, else 34 significant ones.
    ///
    /// @param scale decimal places; null for all
    Decimal decimal(@Nullable Integer scale, RoundingMode rounding) {
        BigDecimal decimal = scale == null ? whole(rounding, Integer.MAX_VALUE) : quotient(scale, rounding);
        return new Decimal(decimal.toPlainString(), is(decimal));
    }

    /// The value in at most this many digits, else 34 significant ones, with an exponent
    /// (`1.25e400`) when far from the decimal point.
    Decimal brief(int maxDigits, RoundingMode rounding) {
        BigDecimal decimal = whole(rounding, maxDigits);
        boolean far = Math.max(decimal.scale(), decimal.precision() - decimal.scale()) > maxDigits;
        return new Decimal(
                far ? decimal.toString().replace("E+", "e").replace('E', 'e') : decimal.toPlainString(), is(decimal));
    }

    /// All digits when terminating, exact and within the maximum, else 34 significant ones.
    private BigDecimal whole(RoundingMode rounding, int maxDigits) {
        int places = exact ? places() : -1;
        if (places >= 0 && places <= maxDigits && numerator.bitLength() / BITS_OF_DIGIT <= maxDigits) {
            BigDecimal all = quotient(places, RoundingMode.UNNECESSARY);
            if (all.precision() <= maxDigits) {
                return all;
            }
        }
        return new BigDecimal(numerator)
                .divide(new BigDecimal(denominator), new MathContext(DIGITS, rounding))
                .stripTrailingZeros();
    }

    private boolean is(BigDecimal decimal) {
        return exact && decimal.multiply(new BigDecimal(denominator)).compareTo(new BigDecimal(numerator)) == 0;
    }

    /// A decimal representation.
    ///
    /// @param exact whether it equals the value
    record Decimal(String digits, boolean exact) {}

    /// Number of decimal places; -1 when non-terminating.
    private int places() {
        int twos = denominator.getLowestSetBit();
        BigInteger rest = denominator.shiftRight(twos);
        // The only power of 5 that is as long as this.
        int fives = (int) Math.ceil((rest.bitLength() - 1) / BITS_OF_FIVE);
        return FIVE.pow(fives).equals(rest) ? Math.max(twos, fives) : -1;
    }
}
