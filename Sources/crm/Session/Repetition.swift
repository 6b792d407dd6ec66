import CRMKit
import Formats

/// What the runs of one command line share.
///
/// A command is read by the fields that the file adds. When another process changes them before the command has written
/// anything, the command runs once more, from its beginning and by the present ones. So does an import that knows by its
/// journal where it stands.
final class Repetition {
    private var inputs: [String: InputRecord] = [:]
    private var isSpent = false
    private var count = 0
    /// The notes of this run, and those of earlier runs, which are not repeated.
    private var (notes, formerNotes): (Set<String>, Set<String>) = ([], [])
    /// Whether the next run continues from what this one has saved.
    private var goesOn = false
    /// The counts of what earlier runs have saved of an import.
    private(set) var imported = ImportReport()

    /// Whether this is the first run.
    var isFirst: Bool { count == 0 }

    /// The number of repetitions, more than any sequence of changes by people.
    private static let most = 20
    /// The most notes that are remembered: those before the first write, not those of every row of an input.
    private static let mostNotes = 1000

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

    /// Notes that a message is given to the user.
    ///
    /// - Returns: whether no earlier run has told it.
    func isNew(note: String) -> Bool {
        if notes.count < Self.mostNotes { notes.insert(note) }
        return !formerNotes.contains(note)
    }

    /// Whether the command can run again after an error that ended it. Its inputs then begin again.
    func begins(after error: any Error) -> Bool {
        guard let error = error as? CRMError, error.isOutdatedReading || goesOn && error.isOutdatedMidway, canBegin
        else {
            return false
        }
        count += 1
        goesOn = false
        formerNotes.formUnion(notes)
        return inputs.values.allSatisfy { $0.rewind() }
    }

    private var canBegin: Bool { !isSpent && count < Self.most && inputs.values.allSatisfy(\.canRewind) }

    /// Whether an import will run again after an error and go on from what it has saved.
    ///
    /// - Parameter report: the counts of what this run has saved, which the next one tells with its own.
    func goesOn(after error: any Error, saved report: ImportReport?) -> Bool {
        guard let error = error as? CRMError, error.isOutdatedReading || error.isOutdatedMidway, canBegin else {
            return false
        }
        goesOn = true
        if let report { imported.add(report) }
        return true
    }
}
