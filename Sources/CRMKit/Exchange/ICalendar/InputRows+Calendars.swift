extension InputRows {
    /// Starts reading calendars.
    ///
    /// - Parameters:
    ///   - module: the module whose records the calendars describe.
    ///   - options: the options of the import, which decide whether values that a calendar no longer has are removed.
    ///   - clock: the clock of the user, for times without a zone.
    /// - Returns: `nil` for a module without a mapping to calendars.
    public init?(
        calendars files: [NamedSource],
        of module: Module,
        options: ImportOptions,
        clock: Clock,
        keepsRaw: Bool = false
    ) {
        guard
            let calendars = CalendarRows(
                files,
                of: module,
                options: options,
                clock: clock,
                keepsRaw: keepsRaw
            )
        else { return nil }
        self.init(calendars)
    }
}
