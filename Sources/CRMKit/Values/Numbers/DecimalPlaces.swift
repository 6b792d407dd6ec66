extension Int64 {
    /// Returns ten to the power of a number of places; 1 for a negative number.
    static func powerOfTen(_ places: Int) -> Int64 { (0..<Swift.max(0, places)).reduce(1) { power, _ in power * 10 } }
}

extension Int128 {
    /// Returns the quotient by another number, rounded half away from zero.
    func rounded(over denominator: Int128) -> Int128 {
        let (quotient, rest) = quotientAndRemainder(dividingBy: denominator)
        guard rest.magnitude >= denominator.magnitude - rest.magnitude else { return quotient }
        return quotient + ((self < 0) == (denominator < 0) ? 1 : -1)
    }
}
