/// The folders of a target from the lowest to the highest: a file uses what its own folder and lower ones declare.
struct Layers {
    let target: String
    let order: [String]

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
        var folder = Substring(folder)
        while true {
            if let level = order.firstIndex(of: String(folder)) { return level }
            guard let slash = folder.lastIndex(of: "/") else { return nil }
            folder = folder[..<slash]
        }
    }

    /// Every use of a type that a higher folder alone declares, and of what one adds to a type. Of members only those
    /// are told apart that nothing else in the sources is called.
    func violations(in files: [SourceFile]) -> Set<Violation> {
        let own = files.filter { $0.path.hasPrefix("\(target)/") }
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
            for name in declared(file) { homes[name, default: []].insert(file.folder) }
        }
        var found: Set<Violation> = []
        for file in files {
            let folder = file.folder
            guard let level = level(of: folder) else { continue }
            for name in used(file) {
                guard let folders = homes[name], !folders.contains(folder) else { continue }
                let levels = folders.compactMap { home in self.level(of: home).map { (home, $0) } }
                guard let lowest = levels.min(by: { $0.1 < $1.1 }), lowest.1 > level else { continue }
                found.insert(Violation(from: order[level], to: order[lowest.1], file: file.path, name: name))
            }
        }
        return found
    }

    /// The folders that no place in the order has.
    func unplaced(in files: [SourceFile]) -> Set<String> {
        Set(files.filter { $0.path.hasPrefix("\(target)/") }.map { $0.folder })
            .filter { !$0.isEmpty && level(of: $0) == nil }
    }
}
