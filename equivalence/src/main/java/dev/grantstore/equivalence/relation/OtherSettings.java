package dev.grantstore.equivalence.relation;

import dev.grantstore.equivalence.check.Oracle;
import dev.grantstore.equivalence.workload.Settings;
import dev.grantstore.equivalence.workload.SettingsAxes;
import dev.grantstore.equivalence.workload.Workload;
import dev.grantstore.equivalence.workload.WorkloadGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * R1: the same workload under other settings.
 *
 * <p>Settings say how fast a store is, how much memory it takes and what survives a power loss. No
 * rule of the contract speaks of them elsewhere, so no answer may. Where one does, an option has
 * changed what is stored or found: a filter that loses keys, a block boundary that hides a row, a
 * log that is not read again.
 *
 * <p>What is not at its defaults goes to its defaults, so that a reduction leaves the options that
 * matter; what is goes to an extreme or to a row of the covering array.
 */
final class OtherSettings implements Relation {
  private static final List<Settings> OTHERS = others();

  @Override
  public Oracle oracle() {
    return Oracle.R1;
  }

  @Override
  public Variation vary(Workload workload, Chance chance) {
    // Seeds that begin with the same settings go to the same others: a store can serve them all.
    long block = Math.floorDiv(chance.seed(), WorkloadGenerator.SEEDS_PER_SETTINGS);
    SplittableRandom random = new Chance(block, 0).once();
    List<Settings> other = new ArrayList<>();
    for (Settings settings : workload.settings()) {
      Settings drawn = OTHERS.get(random.nextInt(OTHERS.size()));
      other.add(settings.equals(Settings.DEFAULTS) ? drawn : Settings.DEFAULTS);
    }
    return Variation.oneToOne(oracle(), workload, workload.withSettings(other), Mapping.SAME);
  }

  private static List<Settings> others() {
    List<Settings> others = new ArrayList<>(SettingsAxes.ALL.extremes());
    others.addAll(SettingsAxes.ALL.pairs());
    return others;
  }
}
