import Formats

extension CalendarSync {
    /// The state of a file and a record when they last agreed.
    public struct Agreement: Sendable, Equatable {
        /// A state in which the record was.
        public struct State: Sendable, Equatable {
            /// When the record was last changed, in seconds since 1970.
            public let revision: Int64
            /// The hash of the record's calendar components.
            public let digest: SHA256Digest

            /// Creates a state.
            public init(revision: Int64, digest: SHA256Digest) {
                self.revision = revision
                self.digest = digest
            }
        }

        /// The `UID` that identifies the record.
        public let uid: String
        /// The name of the file in the folder.
        public let file: String
        /// The hash of the file's bytes; `nil` for a file that was to be written, if it is not known whether it was.
        public internal(set) var fileDigest: SHA256Digest?
        /// The hash of the record's calendar components.
        public let recordDigest: SHA256Digest
        /// When the record was last changed, in seconds since 1970: in the database in which the two came to agree,
        /// then in others that have found them so. Empty if that was not noted.
        public let revisions: [Int64]
        /// The states agreed on before in which the records of other databases may still be.
        public let behind: [State]
        /// Whether the file was made of the record, rather than the record of the file.
        public let isMade: Bool
        /// Whether the event was deleted from the folder since. The times are then those of the databases that have not
        /// heard of it yet.
        public let isRemoved: Bool

        /// Creates an agreement.
        public init(
            uid: String,
            file: String,
            fileDigest: SHA256Digest?,
            recordDigest: SHA256Digest,
            revisions: [Int64],
            behind: [State] = [],
            isMade: Bool,
            isRemoved: Bool = false
        ) {
            self.uid = uid
            self.file = file
            self.fileDigest = fileDigest
            self.recordDigest = recordDigest
            self.revisions = revisions
            self.behind = behind
            self.isMade = isMade
            self.isRemoved = isRemoved
        }

        /// Returns what other databases of the folder have to know once the event is deleted from it: their records are
        /// refuse if they are still as agreed on.
        ///
        /// - Parameter own: when the record was changed in this database.
        /// - Returns: `nil` if no other database has the event.
        func removed(besides own: (Int64) throws -> Bool) rethrows -> Agreement? {
            let others = try revisions.filter { try !own($0) }
            let behind = try behind.filter { try !own($0.revision) }
            guard !others.isEmpty || !behind.isEmpty else { return nil }
            return Agreement(
                uid: uid,
                file: file,
                fileDigest: nil,
                recordDigest: recordDigest,
                revisions: others,
                behind: behind,
                isMade: isMade,
                isRemoved: true
            )
        }
    }

    /// A change to make in the folder once the records are saved.
    public struct Change {
        /// The name of the file.
        public let file: String
        /// The id of the record for ``written(_:)``; `nil` for a file to delete.
        public let record: Int64?
        /// The index of the event it belongs to.
        let place: Int
    }

    /// The counts of a synchronization.
    public struct Report: Sendable {
        /// The number of records created.
        public internal(set) var created = 0
        /// The number of records changed.
        public internal(set) var updated = 0
        /// The number of records deleted.
        public internal(set) var deleted = 0
        /// The number of files written.
        public internal(set) var written = 0
        /// The number of files removed.
        public internal(set) var removed = 0
        /// The number of events that needed no change.
        public internal(set) var unchanged = 0
        /// The number of events that had changed on both sides.
        public internal(set) var conflicts = 0
        /// The number of files that could not be read, of records that could not be changed, and of records that have the
        /// UID of another.
        public internal(set) var failed = 0
    }
}
