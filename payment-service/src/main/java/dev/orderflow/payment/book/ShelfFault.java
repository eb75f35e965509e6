package dev.orderflow.payment.book;

/** How the pieces of a shelf can differ, with what it means and what to do about it. */
enum ShelfFault {
    BELOW_ZERO("a count is below zero"),
    UNLIKE_ITS_VIEW("on hand, reserved and committed do not add up to what inventory says was adjusted"),
    UNLIKE_THE_ADJUSTMENTS("on hand, reserved and committed do not add up to the adjustments that were sent"),
    NOT_TAKEN(
            "inventory has not taken the newest adjustments yet, and they are all that is missing",
            "see that inventory runs, and that nothing holds it up: it takes them by itself. Do not send them again under"
                    + " other ids. If it is not behind, look for a lost piece in inventory.events");

    private final String meaning;
    private final String remedy;

    ShelfFault(String meaning) {
        this(
                meaning,
                "compare inventory.events of the orders of this product; put it right with POST /stock/adjustments, and"
                        + " report it as a defect");
    }

    ShelfFault(String meaning, String remedy) {
        this.meaning = meaning;
        this.remedy = remedy;
    }

    String meaning() {
        return meaning;
    }

    String remedy() {
        return remedy;
    }
}
