import CLIKit
import CRMKit

extension Clock {
    /// The local time that a stored one is; what some other program has written stays as it is.
    func localTime(ofStored text: String) -> String {
        do throws(ValueError) {
            return localTime(of: try Moment(parsing: text, clock: self))
        } catch {
            return Sanitizer.visible(text)
        }
    }
}
