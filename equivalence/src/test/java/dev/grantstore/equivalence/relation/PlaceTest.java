package dev.grantstore.equivalence.relation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.equivalence.relation.Place.Area;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whether two calls may be swapped depends on this: all pairs of a few places, as sets of cells.
 */
final class PlaceTest {
  private static final List<Integer> NUMBERS = List.of(0, 1);
  private static final List<String> IDS = List.of("a", "b");

  @Test
  void placesOverlapIfTheyHaveACellInCommon() {
    List<Place> places = new ArrayList<>();
    for (Area area : Area.values()) {
      for (int number : new int[] {Place.ANY, 0, 1}) {
        for (String id : List.of("", "a", "b")) {
          places.add(new Place(area, number, id));
        }
      }
    }
    for (Place one : places) {
      for (Place other : places) {
        List<String> common = new ArrayList<>(cells(one));
        common.retainAll(cells(other));
        boolean expected = !common.isEmpty();
        assertThat(one.overlaps(other)).as("%s and %s", one, other).isEqualTo(expected);
        assertThat(Place.overlap(List.of(one), List.of(other))).isEqualTo(expected);
        Place nowhere = Place.of(Area.LOAD, 8);
        assertThat(Place.overlap(List.of(nowhere, one), List.of(other)))
            .isEqualTo(expected || nowhere.overlaps(other));
        assertThat(Place.overlap(List.of(one), List.of(nowhere, other)))
            .isEqualTo(expected || one.overlaps(nowhere));
      }
    }
    assertThat(Place.overlap(List.of(), places)).isFalse();
    assertThat(Place.overlap(places, List.of())).isFalse();
  }

  private static List<String> cells(Place place) {
    List<String> cells = new ArrayList<>();
    for (int number : NUMBERS) {
      for (String id : IDS) {
        if ((place.number() == Place.ANY || place.number() == number)
            && (place.id().isEmpty() || place.id().equals(id))) {
          cells.add(place.area() + " " + number + " " + id);
        }
      }
    }
    return cells;
  }
}
