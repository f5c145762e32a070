package torque.environment_test

import data.torque.environment

window := {"from": "2026-12-20T00:00:00Z", "to": "2027-01-02T00:00:00Z", "reason": "year end", "effect": "deny"}

judged(now, windows) := result.decision if {
	result := environment.result with input as {"gantry": {"time": {"now": now}}} with data.windows as windows
}

test_before_passes if judged("2026-12-19T23:59:59Z", [window]) == "Approved"

test_inside_is_denied if judged("2026-12-20T00:00:00Z", [window]) == "Denied"

test_the_end_is_outside if judged("2027-01-02T00:00:00Z", [window]) == "Approved"

test_offsets_count if judged("2026-12-20T00:30:00+01:00", [window]) == "Approved"

test_a_soft_freeze_needs_approval if judged("2026-12-25T00:00:00Z", [object.union(window, {"effect": "approval"})]) == "Manual"

test_no_windows_pass if judged("2026-12-25T00:00:00Z", []) == "Approved"
