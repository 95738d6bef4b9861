package dev.lifesign.core.store.heap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SlotTableTest {

  @Property(tries = 500)
  void findsWhatAMapWouldFind(
      @ForAll @Size(max = 600) List<@IntRange(max = 999_999) Integer> steps) {
    SlotTable table = new SlotTable();
    Map<String, byte[]> reference = new HashMap<>();
    byte[] spare = null;
    int number = 0;
    for (int step : steps) {
      String id = "k".repeat(1 + step % 3) + step % 97;
      byte[] value = new byte[step / 97 % 300];
      Arrays.fill(value, (byte) ++number);
      int slot = table.find(bytes(id));
      if (slot == SlotTable.NONE) {
        assertThat(reference).doesNotContainKey(id);
        long with = table.bytesWith(bytes(id), value, spare);
        table.add(bytes(id), value, spare);
        assertThat(table.bytes()).isEqualTo(with);
        reference.put(id, value);
        spare = null;
      } else if (step % 5 < 2) {
        spare = table.remove(slot);
        assertThat(table.isUsed(slot)).isFalse();
        reference.remove(id);
      } else {
        table.set(slot, value);
        reference.put(id, value);
      }
      reference.forEach(
          (key, kept) -> {
            int found = table.find(bytes(key));
            assertThat(table.isUsed(found)).isTrue();
            assertThat(table.key(found)).isEqualTo(bytes(key));
            assertThat(table.value(found)).isEqualTo(kept);
          });
      assertThat(table.size()).isEqualTo(reference.size());
    }
    reference.keySet().forEach(key -> table.remove(table.find(bytes(key))));
    assertThat(table.bytes()).isZero();
  }

  @Test
  void aSlotThatWasLeftIsTakenAgainBeforeANewOne() {
    SlotTable table = new SlotTable();
    for (int i = 0; i < 1_000; i++) {
      assertThat(table.add(bytes("k" + i), bytes("v" + i), null)).isEqualTo(i);
    }
    for (int i = 0; i < 1_000; i++) {
      byte[] spare = table.remove(table.find(bytes("k" + i)));
      int slot = table.add(bytes("x" + i), bytes("w" + i), spare);
      assertThat(slot).isEqualTo(i);
      assertThat(table.value(slot)).isEqualTo(bytes("w" + i));
    }
    assertThat(table.slots()).isEqualTo(1_000);
  }

  @Test
  void anArrayThatIsMuchTooLargeIsNotKept() {
    SlotTable table = new SlotTable();
    table.add(bytes("small"), new byte[100], new byte[4_000]);
    assertThat(table.bytes()).isLessThan(SlotTable.ENTRY + 200);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aReusedArrayKeepsNothingOfItsFormerEntry() {
    SlotTable table = new SlotTable();
    byte[] key = {1};
    byte[] value = new byte[29];
    Arrays.fill(value, (byte) 7);
    byte[] spare = table.remove(table.add(key, value, null));
    byte[] reused = table.remove(table.add(new byte[] {2}, new byte[27], spare));
    assertThat(reused).isSameAs(spare).doesNotContain((byte) 7);
  }
}
