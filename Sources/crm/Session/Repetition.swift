import CRMKit
import Formats

/// What the runs of one command line share.
///
/// A command is read by the fields that the file adds. When another process changes them before the command has written
/// anything, the command runs once more, from its beginning and by the present ones.
final class Repetition {
    private var inputs: [String: InputRecord] = [:]
    private var isSpent = false
    private var count = 0

    /// Whether this is the first run.
    var isFirst: Bool { count == 0 }

    /// The number of repetitions, more than any sequence of changes by people.
    private static let most = 20

    /// Returns the input at a path, standard input for `-`, which the next run reads from its beginning again.
    ///
    /// - Throws: ``ReadError`` if it cannot be opened.
    func input(_ path: String) throws(ReadError) -> InputRecord {
        if let input = inputs[path] { return input }
        let input = path == "-" ? InputRecord() : try InputRecord(path: path)
        inputs[path] = input
        return input
    }

    /// Notes an effect that must not happen again: an answer was read, output was written, a mail was sent.
    func spend() { isSpent = true }

    /// Whether the command can run again after an error that ended it. Its inputs then begin again.
    func begins(after error: any Error) -> Bool {
        guard let error = error as? CRMError, error.isOutdatedReading, !isSpent, count < Self.most else { return false }
        count += 1
        return inputs.values.allSatisfy { $0.rewind() }
    }
}
