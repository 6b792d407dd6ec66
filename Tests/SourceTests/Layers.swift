/// The folders of a target, or of a folder of it, from the lowest to the highest: a file uses what its own folder and
/// lower ones declare.
struct Layers {
    /// The target or folder, below the sources.
    let place: String
    /// The folders below it; the empty name is its own.
    let order: [String]
    /// The folders below it that stand as high as its own files, with which they name each other.
    var joined: Set<String> = []

    /// A use against the direction.
    struct Violation: Hashable, Comparable, CustomStringConvertible {
        /// The folder that uses and the folder whose type or member is used.
        let from: String
        let to: String
        let file: String
        let name: String

        var description: String { "\(file) uses \(name) of \(to), which stands above \(from)" }

        static func < (one: Violation, other: Violation) -> Bool { one.description < other.description }
    }

    /// Where a folder stands; that of the nearest one above it that is named, `nil` where none is.
    func level(of folder: String) -> Int? {
        var folder = Substring(joined.contains(folder) ? "" : folder)
        while true {
            if let level = order.firstIndex(of: String(folder)) { return level }
            guard let slash = folder.lastIndex(of: "/") else { return nil }
            folder = folder[..<slash]
        }
    }

    /// Every use of a type that a higher folder alone declares, and of what one adds to a type. Of members only those
    /// are told apart that nothing else in the sources is called.
    func violations(in files: [SourceFile]) -> Set<Violation> {
        let own = own(files)
        let types = uses(in: own, declared: \.declared, used: \.used)
        let adding = Dictionary(grouping: files.flatMap { file in file.added.map { ($0, file.path) } }, by: \.0)
        let declaring = Dictionary(grouping: files.flatMap { file in file.members.map { ($0, file.path) } }, by: \.0)
        let unique = Set(adding.keys.filter { adding[$0]?.count == declaring[$0]?.count })
        return types.union(
            uses(in: own, declared: { $0.added.intersection(unique) }, used: { $0.asked.intersection(unique) })
        )
    }

    private func uses(
        in files: [SourceFile],
        declared: (SourceFile) -> Set<String>,
        used: (SourceFile) -> Set<String>
    ) -> Set<Violation> {
        var homes: [String: Set<String>] = [:]
        for file in files {
            for name in declared(file) { homes[name, default: []].insert(file.folder(in: place)) }
        }
        var found: Set<Violation> = []
        for file in files {
            let folder = file.folder(in: place)
            guard let level = level(of: folder) else { continue }
            for name in used(file) {
                guard let folders = homes[name], !folders.contains(folder) else { continue }
                let levels = folders.compactMap { home in self.level(of: home).map { (home, $0) } }
                guard let lowest = levels.min(by: { $0.1 < $1.1 }), lowest.1 > level else { continue }
                found.insert(Violation(from: layer(level), to: layer(lowest.1), file: file.path, name: name))
            }
        }
        return found
    }

    /// The folders that no place in the order has.
    func unplaced(in files: [SourceFile]) -> Set<String> {
        Set(own(files).map { $0.folder(in: place) }).filter { !$0.isEmpty && level(of: $0) == nil }
    }

    private func layer(_ level: Int) -> String { order[level].isEmpty ? place : order[level] }

    private func own(_ files: [SourceFile]) -> [SourceFile] { files.filter { $0.path.hasPrefix("\(place)/") } }
}
