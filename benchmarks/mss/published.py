"""What is published about the six instances."""

#: the best objective known of each instance (higher is better), none of them proven: Akbarzadeh & Maenhout (2021) and
#: Zanazzo, Ceschia & Schaerf (2024); see README.md
BEST = {"I40_12_1": 4127, "I40_12_2": 3920, "I40_24_1": 7799, "I80_12_1": 8614, "I80_12_2": 7206, "I80_24_1": 16453}
