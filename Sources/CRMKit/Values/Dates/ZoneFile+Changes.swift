extension ZoneFile {
    /// The time that clocks show: an offset from UTC with a name.
    struct Clocks {
        /// Seconds east of UTC.
        let offset: Int64
        let isSummer: Bool
        /// The abbreviation: `CET`.
        let name: String
    }

    /// A change of the clocks.
    struct Change {
        /// When the change happens, in seconds since 1970.
        let moment: Int64
        /// The time that clocks show from then on.
        let clocks: Clocks
    }

    private var kinds: [Clocks] { (0..<typeCount).map(clocks(ofKind:)) }

    /// Returns the time that clocks show at a moment.
    func clocks(at seconds: Int64) -> Clocks {
        let offset = offset(at: seconds)
        let index = (0..<transitionCount).last { moment(of: $0) <= seconds }
        let named = clocks(ofKind: index.map(kind(after:)) ?? 0)
        if named.offset == offset { return named }
        return kinds.last { $0.offset == offset } ?? Clocks(offset: offset, isSummer: false, name: "")
    }

    /// Returns the changes after a moment that the file lists one by one.
    func changes(after seconds: Int64) -> [Change] {
        (0..<transitionCount).filter { moment(of: $0) > seconds }.map { index in
            Change(moment: moment(of: index), clocks: clocks(ofKind: kind(after: index)))
        }
    }

    /// The yearly changes after the listed ones; `nil` if there are none.
    var yearlyChanges: [PosixTimeZone.YearlyChange]? { footer?.yearlyChanges }

    /// Returns the file's name for an offset from UTC, the latest one when it had several.
    func label(offset: Int64, isSummer: Bool) -> String {
        let shown = (0..<transitionCount).reversed().lazy.map { self.clocks(ofKind: self.kind(after: $0)) }
        let isMeant = { (clocks: Clocks) in clocks.offset == offset && clocks.isSummer == isSummer }
        return (shown.first(where: isMeant) ?? kinds.last(where: isMeant))?.name ?? ""
    }
}
