import Formats

extension CalendarSync {
    /// The state of a file and a record when they last agreed.
    public struct Agreement: Sendable, Equatable {
        /// The `UID` that identifies the record.
        public let uid: String
        /// The name of the file in the folder.
        public let file: String
        /// The hash of the file's bytes; `nil` for one that was to be written, and nobody knows whether it was.
        public let fileDigest: SHA256Digest?
        /// The hash of the record's calendar components.
        public let recordDigest: SHA256Digest

        /// Puts an agreement together.
        public init(uid: String, file: String, fileDigest: SHA256Digest?, recordDigest: SHA256Digest) {
            self.uid = uid
            self.file = file
            self.fileDigest = fileDigest
            self.recordDigest = recordDigest
        }
    }

    /// A change to make in the folder once the records are saved.
    public struct Change {
        /// The name of the file.
        public let file: String
        /// The record that it is to hold, as ``written(_:)`` gives it; `nil` for a file that is to go.
        public let record: Int64?
        /// The index of the event it belongs to.
        let place: Int
    }

    /// The counts of a synchronization.
    public struct Report: Sendable {
        /// Records made.
        public internal(set) var created = 0
        /// Records changed.
        public internal(set) var updated = 0
        /// Records deleted.
        public internal(set) var deleted = 0
        /// Files written.
        public internal(set) var written = 0
        /// Files removed.
        public internal(set) var removed = 0
        /// The number of events that needed no change.
        public internal(set) var unchanged = 0
        /// The number of events that had changed on both sides.
        public internal(set) var conflicts = 0
        /// Files that could not be read, and records that could not be changed.
        public internal(set) var failed = 0
    }
}
