import CRMKit
import Formats
import Localization

extension CRMError {
    /// Runs a body that reads a source, and names the source in the error if it cannot be read.
    static func reading<Result>(_ source: Text, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as ReadError {
            throw CRMError(unreadable: error, source: source)
        }
    }
}

extension Text {
    /// The name of standard input in messages.
    static let standardInput = Text(en: "standard input", es: "la entrada estándar")
}
