extension ManPage {
    /// The day a page is dated.
    public struct Date: Sendable {
        private let year: Int
        private let month: Int
        private let day: Int

        /// A day of the Gregorian calendar; `nil` for a month that is none or a day that no month has.
        public init?(year: Int, month: Int, day: Int) {
            guard (1...12).contains(month), (1...31).contains(day) else { return nil }
            self.year = year
            self.month = month
            self.day = day
        }

        /// `June 30, 2026`, as `.Dd` wants it.
        var text: String {
            let months = [
                "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November", "December",
            ]
            return "\(months[month - 1]) \(day), \(year)"
        }

        /// `30 de junio de 2026`.
        var spanishText: String {
            let months = [
                "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
                "noviembre", "diciembre",
            ]
            return "\(day) de \(months[month - 1]) de \(year)"
        }
    }
}
