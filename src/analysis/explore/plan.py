"""What if: a week with other sets and another hill day, and a week proposed."""


def explore_plan():
    pass
