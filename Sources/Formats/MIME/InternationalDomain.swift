/// Conversion between domain names beyond ASCII and the form known to every server, in which each label beyond ASCII is
/// `xn--` and its Punycode (RFC 5890 section 2.3.2.1, RFC 3492).
public enum InternationalDomain {
    /// The prefix of an ASCII label that stands for a label in Unicode.
    private static let prefix = "xn--"

    /// Returns an address with its domain in ASCII and its local part unchanged.
    public static func inASCII(ofAddress address: String) -> String {
        guard let at = address.lastIndex(of: "@") else { return address }
        let domain = address[address.index(after: at)...]
        if domain.utf8.allSatisfy({ $0 < 0x80 }) { return address }
        return address[...at] + inASCII(String(domain))
    }

    /// Returns an address with its domain in Unicode and its local part unchanged.
    public static func inUnicode(ofAddress address: String) -> String {
        guard mayBeEncoded(address.utf8), let at = address.lastIndex(of: "@") else { return address }
        return address[...at] + inUnicode(String(address[address.index(after: at)...]))
    }

    /// Returns a domain, given in normal form C (RFC 5891 section 4.1), in ASCII.
    static func inASCII(_ domain: String) -> String {
        domain.lowercased().split(separator: ".", omittingEmptySubsequences: false).map { label in
            if label.utf8.allSatisfy({ $0 < 0x80 }) { return String(label) }
            return prefix + Punycode.encoded(Array(label.unicodeScalars))
        }.joined(separator: ".")
    }

    /// Returns an ASCII domain in Unicode. A label that is not the canonical encoding of another one is left unchanged
    /// (RFC 5891 section 5.4).
    public static func inUnicode(_ domain: String) -> String {
        domain.lowercased().split(separator: ".", omittingEmptySubsequences: false).map { label in
            guard label.hasPrefix(prefix),
                let scalars = Punycode.decoded(Array(label.utf8.dropFirst(prefix.utf8.count))),
                scalars.contains(where: { !$0.isASCII }), !scalars.contains(where: \.isUnseen),
                prefix + Punycode.encoded(scalars) == label
            else { return String(label) }
            return String(String.UnicodeScalarView(scalars))
        }.joined(separator: ".")
    }

    /// Returns whether a label of a text may be encoded: the text contains two hyphens in a row.
    private static func mayBeEncoded(_ text: String.UTF8View) -> Bool {
        var last: UInt8 = 0
        for byte in text {
            if byte == UInt8(ascii: "-"), last == byte { return true }
            last = byte
        }
        return false
    }
}

/// The encoding of RFC 3492 section 6, with the parameters of its section 5.
private enum Punycode {
    private static let (base, least, most, skew, damp) = (36, 1, 26, 38, 700)
    private static let (firstScalar, firstBias) = (128, 72)
    private static let digits = Array("abcdefghijklmnopqrstuvwxyz0123456789".unicodeScalars)
    private static let hyphen = UInt8(ascii: "-")

    static func encoded(_ scalars: [Unicode.Scalar]) -> String {
        var output = String.UnicodeScalarView(scalars.filter(\.isASCII))
        let basic = output.count
        if basic > 0 { output.append("-") }
        var (next, delta, bias, handled) = (firstScalar, 0, firstBias, basic)
        while handled < scalars.count {
            guard let smallest = scalars.map({ Int($0.value) }).filter({ $0 >= next }).min() else { break }
            delta += (smallest - next) * (handled + 1)
            next = smallest
            for scalar in scalars {
                if Int(scalar.value) < next { delta += 1 }
                guard Int(scalar.value) == next else { continue }
                append(delta, bias, to: &output)
                bias = adapted(delta, among: handled + 1, isFirst: handled == basic)
                delta = 0
                handled += 1
            }
            delta += 1
            next += 1
        }
        return String(output)
    }

    /// Decodes a lower-case label; returns `nil` if it is not valid Punycode (RFC 3492).
    static func decoded(_ text: [UInt8]) -> [Unicode.Scalar]? {
        // A label has at most 63 bytes; a longer text would take long.
        guard text.count <= 63, text.allSatisfy({ $0 < 0x80 }) else { return nil }
        var scalars: [Unicode.Scalar] = []
        var rest = text[...]
        if let end = text.lastIndex(of: hyphen) {
            scalars = text[..<end].map { Unicode.Scalar($0) }
            rest = text[(end + 1)...]
        }
        var (next, place, bias, isFirst) = (firstScalar, 0, firstBias, true)
        while !rest.isEmpty {
            guard let delta = number(from: &rest, bias) else { return nil }
            let count = scalars.count + 1
            bias = adapted(delta, among: count, isFirst: isFirst)
            isFirst = false
            place += delta
            next += place / count
            place %= count
            guard let value = UInt32(exactly: next), let scalar = Unicode.Scalar(value) else { return nil }
            scalars.insert(scalar, at: place)
            place += 1
        }
        return scalars
    }

    /// Reads a number in digits whose weights depend on the bias.
    private static func number(from text: inout ArraySlice<UInt8>, _ bias: Int) -> Int? {
        var (number, weight, position) = (0, 1, base)
        while let byte = text.popFirst() {
            guard let digit = digits.firstIndex(of: Unicode.Scalar(byte)) else { return nil }
            number += digit * weight
            let threshold = threshold(at: position, bias)
            if digit < threshold { return number }
            weight *= base - threshold
            // A greater number is beyond any scalar.
            guard weight < 1 << 32, number < 1 << 32 else { return nil }
            position += base
        }
        return nil
    }

    /// Writes a number in digits whose weights depend on the bias.
    private static func append(_ number: Int, _ bias: Int, to output: inout String.UnicodeScalarView) {
        var rest = number
        var position = base
        while true {
            let threshold = threshold(at: position, bias)
            if rest < threshold { break }
            output.append(digits[threshold + (rest - threshold) % (base - threshold)])
            rest = (rest - threshold) / (base - threshold)
            position += base
        }
        output.append(digits[rest])
    }

    private static func threshold(at position: Int, _ bias: Int) -> Int { min(max(position - bias, least), most) }

    private static func adapted(_ delta: Int, among count: Int, isFirst: Bool) -> Int {
        var delta = isFirst ? delta / damp : delta / 2
        delta += delta / count
        var steps = 0
        while delta > (base - least) * most / 2 {
            delta /= base - least
            steps += base
        }
        return steps + (base - least + 1) * delta / (delta + skew)
    }
}
