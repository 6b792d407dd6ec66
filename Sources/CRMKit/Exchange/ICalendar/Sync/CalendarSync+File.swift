import Formats
import Localization

extension CalendarSync {
    /// A file of the folder.
    public struct File {
        /// The file's name.
        public let name: String
        /// The SHA-256 hash of the file's bytes.
        public let digest: SHA256Digest
        /// The time of the last change, in seconds since 1970.
        public let changed: Int64

        /// Creates the description of a file.
        public init(name: String, digest: SHA256Digest, changed: Int64) {
            self.name = name
            self.digest = digest
            self.changed = changed
        }
    }

    /// The contents of a file in the folder.
    struct Present {
        let file: File
        /// The time of the last change or of writing in the components, in seconds since 1970; `nil` if they have none.
        let revision: Int64?
        let component: CalendarComponent?
        let occurrences: [CalendarComponent]
        /// The parts of the file that belong to no record.
        var rest = CalendarRest()

        /// The keys of the records of single dates whose series is not in the file; `nil` where it is.
        var keys: [String]? {
            guard let component, component.first("RECURRENCE-ID") != nil else { return nil }
            return ([component] + occurrences).compactMap { date in
                let date = date.standardised(floatingIn: nil)
                guard let uid = date.first("UID")?.text.trimmed, let original = date.first("RECURRENCE-ID") else {
                    return nil
                }
                return ApartKey(series: uid, original: original.rawValue).text
            }
        }
    }
}

extension CalendarSync.File {
    /// Reads the contents of a file.
    ///
    /// - Throws: ``RowProblem`` when the file holds several events or none.
    func read(_ bytes: [UInt8]) throws -> CalendarSync.Present {
        var reader = ICalendarReader(ByteSource(bytes: bytes))
        var found: [CalendarComponent] = []
        var rest = CalendarRest()
        do throws(ICalendarError) {
            while let component = try reader.next() {
                if CalendarMapping.components.contains(component.name) {
                    found.append(component)
                } else if component.name != ZoneComponent.componentName {
                    rest.components.append(component)
                }
            }
            rest.properties = reader.calendar.filter { !CalendarRest.isWritten($0) }
        } catch {
            throw RowProblem(error, component: error.position?.component ?? 1, reason: RowProblem.reason(error))
                .inFile(name)
        }
        if found.isEmpty, !rest.components.isEmpty {
            return CalendarSync.Present(file: self, revision: nil, component: nil, occurrences: [], rest: rest)
        }
        if found.isEmpty {
            throw problem(
                Text(
                    en: "holds no event: it may have been cut off, or is still being written",
                    es: "no contiene ningún evento: puede haber quedado cortado, o se está escribiendo"
                )
            )
        }
        let uids = Set(found.map { $0.first("UID")?.text.trimmed ?? "" })
        guard uids.count == 1, let series = found.first(where: { $0.first("RECURRENCE-ID") == nil }) ?? found.first
        else {
            throw problem(
                Text(
                    en: "holds \(uids.count) events, and a file of such a folder holds one",
                    es: "contiene \(uids.count) eventos, y un archivo de esa carpeta contiene uno"
                )
            )
        }
        let stamps = found.flatMap { [$0.first("LAST-MODIFIED"), $0.first("DTSTAMP")] }.compactMap { property in
            property.flatMap { try? $0.times().first }.flatMap { time in
                time.moment(in: .utc)?.secondsSinceEpoch
            }
        }
        return CalendarSync.Present(
            file: self,
            revision: stamps.max(),
            component: series,
            occurrences: found.filter { $0.first("RECURRENCE-ID") != nil && $0 != series },
            rest: rest
        )
    }

    /// Returns a problem of the file as a whole.
    func problem(_ reason: Text) -> RowProblem {
        RowProblem(row: 1, line: 1, reason: reason).inFile(name)
    }
}
