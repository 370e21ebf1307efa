package dev.grantstore.keyvalue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantstore.CanonicalForm;
import dev.grantstore.CorruptionException;
import dev.grantstore.Grant;
import dev.grantstore.codec.TupleWriter;
import dev.grantstore.codec.ValueForm;
import dev.grantstore.layout.KeyPrefix;
import dev.grantstore.layout.Keyspace;
import dev.grantstore.layout.RowReader;
import dev.grantstore.layout.RowWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows in the order in which they were written, one of which has another key now. */
final class CheckedViewTest {
  private static final int SYNCS = 2;
  private static final int GRANTS = 4;

  /** {@return everything that is asked of a view; of a call that says "damaged", that} */
  private static List<Object> answers(View view, Keyspace keyspace, List<byte[]> keys) {
    List<Object> answers = new ArrayList<>();
    List<byte[]> asked = new ArrayList<>(keys);
    keys.forEach(key -> asked.add(Arrays.copyOf(key, key.length + 1)));
    for (byte[] key : asked) {
      answers.add(answer(() -> view.get(keyspace, key, key.length, new RowBytes())));
    }
    answers.add(answer(() -> found(view.getAll(keyspace, asked))));
    for (int sync = 0; sync <= SYNCS; sync++) {
      byte[] prefix = KeyPrefix.ofSync(sync);
      answers.add(answer(() -> list(view, keyspace, prefix, prefix)));
    }
    for (byte[] key : keys) {
      byte[] prefix = Arrays.copyOf(key, key.length - 3);
      answers.add(answer(() -> list(view, keyspace, prefix, prefix)));
      answers.add(answer(() -> view.any(keyspace, prefix)));
      byte[] rest = Arrays.copyOf(key, key.length + 1);
      answers.add(answer(() -> list(view, keyspace, Arrays.copyOf(key, 4), rest)));
    }
    return answers;
  }

  @ParameterizedTest
  @EnumSource(value = Keyspace.class, names = "META", mode = EnumSource.Mode.EXCLUDE)
  void noFlippedBitOfAKeyMakesAWrongAnswer(Keyspace keyspace) {
    List<byte[][]> rows = rows(keyspace);
    List<byte[]> keys = rows.stream().map(row -> row[0].clone()).toList();
    List<Object> right = answers(checked(rows), keyspace, keys);
    assertThat(right).doesNotContain(Answers.TOLD);
    int silentWithout = 0;
    for (byte[][] row : rows) {
      for (int bit = 0; bit < row[0].length * Byte.SIZE; bit++) {
        byte mask = (byte) (1 << bit % Byte.SIZE);
        row[0][bit / Byte.SIZE] ^= mask;
        List<Object> found = answers(checked(rows), keyspace, keys);
        for (int i = 0; i < right.size(); i++) {
          if (!found.get(i).equals(Answers.TOLD)) {
            assertThat(found.get(i)).as("bit %d, question %d", bit, i).isEqualTo(right.get(i));
          }
        }
        assertThat(found).contains(Answers.TOLD);
        silentWithout += wrong(answers(new Leaf(rows), keyspace, keys), right);
        row[0][bit / Byte.SIZE] ^= mask;
      }
    }
    assertThat(silentWithout).as("wrong answers of the view alone").isGreaterThan(rows.size());
  }

  /** A page that names a row twice, or two in the wrong order. */
  @Test
  void rowsThatAreNotInOrderAreDamage() {
    for (Consumer<List<byte[][]>> damage :
        List.<Consumer<List<byte[][]>>>of(
            rows -> rows.add(2, rows.get(1)), rows -> rows.add(3, rows.remove(1)))) {
      List<byte[][]> rows = new ArrayList<>(rows(Keyspace.GRANTS));
      damage.accept(rows);
      byte[] prefix = KeyPrefix.ofSync(0);

      assertThat(answer(() -> list(checked(rows), Keyspace.GRANTS, prefix, prefix)))
          .isEqualTo(Answers.TOLD);
    }
  }

  /** As a branch does that leads to the wrong page. */
  @Test
  void aSearchThatComesToTheWrongPlaceIsDamage() {
    List<byte[][]> rows = rows(Keyspace.GRANTS);
    byte[] key = rows.get(4)[0];
    for (int shift : List.of(-2, 2)) {
      View astray = new CheckedView(new Leaf(rows, shift), false);

      assertThat(answer(() -> astray.get(Keyspace.GRANTS, key, key.length, new RowBytes())))
          .isEqualTo(Answers.TOLD);
    }
  }

  private static View checked(List<byte[][]> rows) {
    return new CheckedView(new Leaf(rows), false);
  }

  private static int wrong(List<Object> found, List<Object> right) {
    int wrong = 0;
    for (int i = 0; i < right.size(); i++) {
      boolean isWrong = !found.get(i).equals(Answers.TOLD) && !found.get(i).equals(right.get(i));
      wrong += isWrong ? 1 : 0;
    }
    return wrong;
  }

  private interface Call {
    Object run() throws Exception;
  }

  private static Object answer(Call call) {
    try {
      return call.run();
    } catch (CorruptionException e) {
      return Answers.TOLD;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static List<Boolean> found(List<byte[]> values) {
    return values.stream().map(value -> value != null).toList();
  }

  /** The grants of a list; its rows are read as a cursor reads them. */
  private static List<Grant> list(View view, Keyspace keyspace, byte[] prefix, byte[] from)
      throws Exception {
    List<Grant> grants = new ArrayList<>();
    RowReader reader = new RowReader(keyspace);
    RowBytes key = new RowBytes();
    RowBytes value = new RowBytes();
    try (Rows rows = view.rows(keyspace, prefix, from)) {
      while (rows.next(key, value)) {
        reader.read(key.array(), key.length(), value.array(), value.length());
        grants.add(reader.grant());
      }
    } catch (dev.grantstore.codec.MalformedBytesException e) {
      throw Failures.malformed(keyspace, key.array(), key.length(), e);
    }
    return grants;
  }

  private static List<byte[][]> rows(Keyspace keyspace) {
    List<byte[][]> rows = new ArrayList<>();
    RowWriter writer = new RowWriter(ValueForm.CHECKED);
    CanonicalForm form = new CanonicalForm();
    for (int sync = 0; sync < SYNCS; sync++) {
      for (Grant grant : EarlierFormatStore.grants(0, GRANTS, "u")) {
        form.encode(grant);
        writer.grant(grant, form);
        writer.row(keyspace, sync);
        TupleWriter key = writer.key();
        rows.add(
            new byte[][] {
              Arrays.copyOf(key.array(), key.length()),
              Arrays.copyOf(writer.value().array(), writer.value().length())
            });
      }
    }
    rows.sort((a, b) -> Arrays.compareUnsigned(a[0], b[0]));
    return rows;
  }

  /** A page of rows, searched as a database searches one. */
  private static final class Leaf implements View {
    private final List<byte[][]> rows;
    private final int astray;

    Leaf(List<byte[][]> rows) {
      this(rows, 0);
    }

    Leaf(List<byte[][]> rows, int astray) {
      this.rows = rows;
      this.astray = astray;
    }

    private int place(byte[] key) {
      int from = 0;
      int to = rows.size();
      while (from < to) {
        int middle = (from + to) / 2;
        if (Arrays.compareUnsigned(rows.get(middle)[0], key) < 0) {
          from = middle + 1;
        } else {
          to = middle;
        }
      }
      return from + astray;
    }

    @Override
    public boolean get(Keyspace keyspace, byte[] key, int keyLength, RowBytes value) {
      byte[] asked = Arrays.copyOf(key, keyLength);
      int at = place(asked);
      boolean found = at < rows.size() && Arrays.equals(rows.get(at)[0], asked);
      if (found) {
        value.point(rows.get(at)[1]);
      }
      return found;
    }

    @Override
    public Rows rows(Keyspace keyspace, byte[] prefix, byte[] from) {
      return new Rows() {
        private int at = place(from);
        private boolean ended;

        @Override
        public boolean next(RowBytes key, RowBytes value) {
          if (at == rows.size()) {
            return false;
          }
          key.point(rows.get(at)[0]);
          value.point(rows.get(at)[1]);
          at++;
          ended = !key.startsWith(prefix);
          return !ended;
        }

        @Override
        public boolean endedByRow() {
          return ended;
        }

        @Override
        public void close() {
          // Nothing is open.
        }
      };
    }

    @Override
    public boolean before(Keyspace keyspace, byte[] key, RowBytes foundKey, RowBytes foundValue) {
      int at = place(key);
      if (at == 0) {
        return false;
      }
      foundKey.point(rows.get(at - 1)[0]);
      foundValue.point(rows.get(at - 1)[1]);
      return true;
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
