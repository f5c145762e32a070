package torque.consumption_test

import data.torque.consumption

judged(name) := result.decision if {
	result := consumption.result with input as {"blueprint": {"name": name}} with data.retired as ["old-web"]
}

test_a_retired_one_is_denied if judged("old-web") == "Denied"

test_any_other_passes if judged("web") == "Approved"
