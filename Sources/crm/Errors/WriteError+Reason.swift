import Formats
import Localization

extension WriteError {
    /// The reason why the bytes could not be written.
    var reason: Text {
        switch self {
        case .failed(let number): return Text(errno: number)
        case .unencodable(let scalar, let encoding, let line):
            let code = "U+" + scalar.value.digits(radix: 16, uppercase: true, atLeast: 4)
            return Text(
                en: "line \(line): \(encoding) has no \(code) (\(scalar))",
                es: "línea \(line): \(encoding) no tiene \(code) (\(scalar))"
            )
        case .malformedUTF8(let line):
            return Text(en: "line \(line): this is not UTF-8", es: "línea \(line): esto no es UTF-8")
        }
    }
}
