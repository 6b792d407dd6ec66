extension BinaryInteger {
    /// Returns the digits of a number that is not negative, padded with zeros to a width: 7 in two places is `07`.
    func digits(radix: Int = 10, uppercase: Bool = false, atLeast width: Int) -> String {
        let digits = String(self, radix: radix, uppercase: uppercase)
        return String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
    }
}
