extension BinaryInteger {
    /// Returns the digits of a number that is not negative, padded with zeros to a width: 7 in two places is `07`.
    ///
    /// - Parameters:
    ///   - radix: the base, from 2 to 36.
    ///   - uppercase: whether digits above 9 are capital letters.
    ///   - width: the least number of digits.
    @inlinable
    public func digits(radix: Int = 10, uppercase: Bool = false, atLeast width: Int) -> String {
        let digits = String(self, radix: radix, uppercase: uppercase)
        let missing = width - digits.utf8.count
        return missing > 0 ? String(repeating: "0", count: missing) + digits : digits
    }
}
