region = "eu-west-1"
sizes  = [60, 120]
owner  = "first"
