extension ManPage {
    /// The date of a page.
    public struct Date: Sendable {
        private let year: Int
        private let month: Int
        private let day: Int

        /// Creates a day of the Gregorian calendar; `nil` for a month outside 1...12 or a day outside 1...31.
        public init?(year: Int, month: Int, day: Int) {
            guard (1...12).contains(month), (1...31).contains(day) else { return nil }
            self.year = year
            self.month = month
            self.day = day
        }

        /// The date in the form that `.Dd` requires: `June 30, 2026`.
        var text: String {
            let months = [
                "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November", "December",
            ]
            return "\(months[month - 1]) \(day), \(year)"
        }

        /// The date in Spanish: `30 de junio de 2026`.
        var spanishText: String {
            let months = [
                "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
                "noviembre", "diciembre",
            ]
            return "\(day) de \(months[month - 1]) de \(year)"
        }
    }
}
