package tarn.worker;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A change in a project, as streams tell it: which row, never what it says.
///
/// @param data JSON
/// @param member whose membership it is; null for other rows
/// @param joined whether that user is a member now
record LiveChange(UUID project, String data, @Nullable UUID member, boolean joined) {}
