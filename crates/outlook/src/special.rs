//! Functions of probability, with `libm` alone, so that every machine gives the same bits.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// Distribution function of the standard normal; accurate in the lower tail, use `normal_cdf(-z)` for the upper.
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z * FRAC_1_SQRT_2)
}

/// Quantile of the standard normal: Wichura (1988), algorithm AS 241, PPND16; relative error about 1e-16.
pub fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180625 - q * q;
        return q * ratio(&CENTRE, r);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    if tail <= 0.0 {
        return if q < 0.0 { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    let r = libm::sqrt(-libm::log(tail));
    let z = if r <= 5.0 { ratio(&MIDDLE, r - 1.6) } else { ratio(&FAR, r - 5.0) };
    if q < 0.0 { -z } else { z }
}

type Rational = ([f64; 8], [f64; 8]);

fn ratio((above, below): &Rational, r: f64) -> f64 {
    let horner = |c: &[f64; 8]| c.iter().rev().fold(0.0, |sum, c| sum * r + c);
    horner(above) / horner(below)
}

const CENTRE: Rational = (
    [
        3.387_132_872_796_366_5,
        1.331_416_678_917_843_8e2,
        1.971_590_950_306_551_3e3,
        1.373_169_376_550_946e4,
        4.592_195_393_154_987e4,
        6.726_577_092_700_87e4,
        3.343_057_558_358_813e4,
        2.509_080_928_730_122_7e3,
    ],
    [
        1.0,
        4.231_333_070_160_091e1,
        6.871_870_074_920_579e2,
        5.394_196_021_424_751e3,
        2.121_379_430_158_659_7e4,
        3.930_789_580_009_271e4,
        2.872_908_573_572_194_3e4,
        5.226_495_278_852_854e3,
    ],
);

const MIDDLE: Rational = (
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        2.417_807_251_774_506e-1,
        2.272_384_498_926_918_4e-2,
        7.745_450_142_783_414e-4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        6.897_673_349_851e-1,
        1.481_039_764_274_800_8e-1,
        1.519_866_656_361_645_7e-2,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ],
);

const FAR: Rational = (
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        2.965_605_718_285_048_7e-1,
        2.653_218_952_657_612_4e-2,
        1.242_660_947_388_078_4e-3,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ],
    [
        1.0,
        5.998_322_065_558_88e-1,
        1.369_298_809_227_358e-1,
        1.487_536_129_085_061_5e-2,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_8e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ],
);

/// Regularised incomplete beta function `I_x(a, b)`, by Lentz's continued fraction (DLMF 8.17.22).
pub fn beta_cdf(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return if x <= 0.0 { 0.0 } else { 1.0 };
    }
    let front = libm::exp(log_beta_front(a, b) + a * libm::log(x) + b * libm::log1p(-x));
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(x, a, b) / a
    } else {
        1.0 - front * beta_fraction(1.0 - x, b, a) / b
    }
}

/// `−ln B(a, b)`.
pub(crate) fn log_beta_front(a: f64, b: f64) -> f64 {
    libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b)
}

fn beta_fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let keep = |value: f64| if value.abs() < TINY { TINY } else { value };
    let (mut c, mut d) = (1.0, 1.0 / keep(1.0 - (a + b) * x / (a + 1.0)));
    let mut sum = d;
    for step in 1..500 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / keep(1.0 + even * d);
        c = keep(1.0 + even / c);
        sum *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / keep(1.0 + odd * d);
        c = keep(1.0 + odd / c);
        let change = d * c;
        sum *= change;
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    sum
}

/// Quantile of the beta distribution, by Newton steps inside a bracket that only narrows.
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    beta_quantile_from(p, a, b, a / (a + b))
}

/// The same from a first guess; the answer does not depend on a good one.
pub(crate) fn beta_quantile_from(p: f64, a: f64, b: f64, guess: f64) -> f64 {
    if p <= 0.0 || p >= 1.0 {
        return if p <= 0.0 { 0.0 } else { 1.0 };
    }
    let (mut low, mut high, mut x) = (0.0, 1.0, guess);
    let front = log_beta_front(a, b);
    for _ in 0..200 {
        let off = beta_cdf(x, a, b) - p;
        if off > 0.0 {
            high = x
        } else {
            low = x
        }
        let density = libm::exp(front + (a - 1.0) * libm::log(x) + (b - 1.0) * libm::log1p(-x));
        let newton = x - off / density;
        if (newton - x).abs() <= 4.0 * f64::EPSILON * x || high - low <= f64::EPSILON * x {
            break;
        }
        x = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
    }
    x
}

/// Probability that two standard normals of this correlation are both below `h` and `k`: Gauss–Legendre quadrature of
/// Plackett's identity over the angle, `Φ(h)Φ(k) + (1/2π) ∫₀^{asin r} exp(−(h² − 2hk sin θ + k²)/(2 cos² θ)) dθ`.
pub fn bivariate_normal_cdf(h: f64, k: f64, correlation: f64) -> f64 {
    let end = libm::asin(correlation);
    let integrand = |angle: f64| {
        let (sine, cosine) = (libm::sin(angle), libm::cos(angle));
        libm::exp(-(h * h - 2.0 * h * k * sine + k * k) / (2.0 * cosine * cosine))
    };
    let parts = 64;
    let width = end / f64::from(parts);
    let sum: f64 = (0..parts).map(|part| gauss(&integrand, f64::from(part) * width, width)).sum();
    normal_cdf(h) * normal_cdf(k) + sum / (2.0 * PI)
}

/// Five-point Gauss–Legendre rule on one interval.
fn gauss(f: &impl Fn(f64) -> f64, from: f64, width: f64) -> f64 {
    const POINTS: [(f64, f64); 3] = [
        (0.0, 0.568_888_888_888_888_9),
        (0.538_469_310_105_683_1, 0.478_628_670_499_366_47),
        (0.906_179_845_938_664, 0.236_926_885_056_189_08),
    ];
    let (half, middle) = (0.5 * width, from + 0.5 * width);
    let pairs = POINTS[1..].iter().map(|(x, weight)| weight * (f(middle - half * x) + f(middle + half * x)));
    half * (POINTS[0].1 * f(middle) + pairs.sum::<f64>())
}
