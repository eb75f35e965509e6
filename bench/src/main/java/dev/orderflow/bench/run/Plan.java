package dev.orderflow.bench.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is measured, one after the other.
 *
 * @param turns in their order
 * @param pace of all of them
 */
public record Plan(List<Turn> turns, Pace pace) {

    private static final Duration START = Duration.ofSeconds(20);

    public Plan {
        turns = List.copyOf(turns);
    }

    /**
     * One subject with its cells, from its start to its end.
     *
     * @param round from 1
     */
    public record Turn(Subject subject, List<Cell> cells, int round) {
        public Turn {
            cells = List.copyOf(cells);
        }
    }

    /**
     * Each of the others has the stacks before it, so that what changes on the machine in the meantime meets both sides.
     *
     * @param stacks which are compared
     * @param others what they are compared with
     * @param floors what they are held against, at the end of each round
     */
    public static Plan alternating(
            List<Subject.Stack> stacks,
            List<Subject.Peer> others,
            List<Subject.Floor> floors,
            List<Cell> cells,
            int rounds,
            Pace pace) {
        List<Cell> floorCells =
                cells.stream().filter(Cell.Floor.class::isInstance).toList();
        List<Cell> stackCells =
                cells.stream().filter(cell -> !(cell instanceof Cell.Floor)).toList();
        List<Turn> turns = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            int blocks = Math.max(1, others.size());
            for (int block = 0; block < blocks; block++) {
                if (!stackCells.isEmpty()) {
                    for (Subject.Stack stack : stacks) {
                        turns.add(new Turn(stack, stackCells, (round - 1) * blocks + block + 1));
                    }
                }
                if (!others.isEmpty()) {
                    turns.add(new Turn(others.get(block), stackCells, round));
                }
            }
            if (!floorCells.isEmpty()) {
                for (Subject.Floor floor : floors) {
                    turns.add(new Turn(floor, floorCells, round));
                }
            }
        }
        return new Plan(turns, pace);
    }

    /** About how long all of it takes. */
    public Duration length() {
        Duration length = Duration.ZERO;
        for (Turn turn : turns) {
            length = length.plus(START)
                    .plus(pace.warmUp())
                    .plus(pace.cell().plusSeconds(1).multipliedBy(turn.cells().size()));
        }
        return length;
    }
}
