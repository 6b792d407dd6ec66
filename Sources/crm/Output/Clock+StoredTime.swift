import CLIKit
import CRMKit

extension Clock {
    /// Returns the local time of a stored moment. Text of another program that is not a moment is returned unchanged.
    func localTime(ofStored text: String) -> String {
        do throws(ValueError) {
            return localTime(of: try Moment(parsing: text, clock: self))
        } catch {
            return Sanitizer.visible(text)
        }
    }
}
