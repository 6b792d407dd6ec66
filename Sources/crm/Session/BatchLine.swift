import CLIKit
import CRMKit
import Formats
import Localization

/// The state of a line of a batch, and the state it shares with the other lines. Its output is collected here instead
/// of being written to the standard streams.
final class BatchLine {
    /// The database of the batch, inside the transaction of the batch if there is one.
    let store: Store
    /// The output of the line.
    let result = ByteSink.memory()
    /// The notices of the line, separate from its output.
    var notices: [String] = []
    /// The records that share values given by the line, as one object each.
    var duplicates: [JSONValue] = []
    /// The rejected rows of an input, as one object each.
    var problems: [JSONValue] = []

    /// Whether the failure of a later line rolls this one back.
    let isRevocable: Bool
    /// Whether all lines are rolled back at the end of the batch.
    let isDryRun: Bool
    /// The file of the batch's commands, `-` for standard input.
    let input: String

    init(store: Store, input: String, isRevocable: Bool, isDryRun: Bool) {
        self.input = input
        self.store = store
        self.isRevocable = isRevocable
        self.isDryRun = isDryRun
    }

    /// The output as one JSON value on one line: unchanged if it is JSON, otherwise as a string; null for no output.
    var json: [UInt8] {
        let bytes = result.bytes
        if bytes.isEmpty { return Array("null".utf8) }
        // Line feeds within strings are escaped, so these are only layout.
        let line = bytes.filter { $0 != UInt8(ascii: "\n") }
        var parser = JSONParser()
        let isJSON = line.withUnsafeBytes { (try? parser.parse($0)) != nil }
        return isJSON ? line : Array(JSONValue.string(String(decoding: bytes, as: UTF8.self)).text.utf8)
    }
}
