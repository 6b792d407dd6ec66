/// Writes names of hosts beyond ASCII as every server knows them: each label that needs it as `xn--` and its Punycode
/// (RFC 5890 section 2.3.2.1, RFC 3492).
enum InternationalDomain {
    /// An address whose domain is ASCII; the local part stays as it is.
    static func inASCII(ofAddress address: String) -> String {
        guard let at = address.lastIndex(of: "@") else { return address }
        let domain = address[address.index(after: at)...]
        if domain.utf8.allSatisfy({ $0 < 0x80 }) { return address }
        return address[...at] + inASCII(String(domain))
    }

    /// A domain in ASCII, of one in normal form C (RFC 5891 section 4.1).
    static func inASCII(_ domain: String) -> String {
        domain.lowercased().split(separator: ".", omittingEmptySubsequences: false).map { label in
            if label.utf8.allSatisfy({ $0 < 0x80 }) { return String(label) }
            return "xn--" + Punycode.encoded(Array(label.unicodeScalars))
        }.joined(separator: ".")
    }
}

/// The encoding of RFC 3492 section 6.3, with the parameters of its section 5.
private enum Punycode {
    private static let (base, least, most, skew, damp) = (36, 1, 26, 38, 700)
    private static let digits = Array("abcdefghijklmnopqrstuvwxyz0123456789".unicodeScalars)

    static func encoded(_ scalars: [Unicode.Scalar]) -> String {
        var output = String.UnicodeScalarView(scalars.filter(\.isASCII))
        let basic = output.count
        if basic > 0 { output.append("-") }
        var (next, delta, bias, handled) = (128, 0, 72, basic)
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

    /// Writes a number in digits of which each one's weight follows from the bias.
    private static func append(_ number: Int, _ bias: Int, to output: inout String.UnicodeScalarView) {
        var rest = number
        var position = base
        while true {
            let threshold = min(max(position - bias, least), most)
            if rest < threshold { break }
            output.append(digits[threshold + (rest - threshold) % (base - threshold)])
            rest = (rest - threshold) / (base - threshold)
            position += base
        }
        output.append(digits[rest])
    }

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
