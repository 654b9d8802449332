//! Sparse matrices: for each row its features with their weights, and for each feature its rows.
//!
//! Invariant: the entries of a row are in the order of their columns, each column once.

/// A feature or a row, and a weight.
pub(super) type Entry = (u32, f32);

/// A sparse matrix by rows.
#[derive(Default)]
pub(super) struct Sparse {
    /// Where each row ends in `entries`.
    ends: Vec<u32>,
    entries: Vec<Entry>,
}

impl Sparse {
    /// Adds a row; its entries need not be in order, but each column stands once.
    pub fn push(&mut self, row: impl IntoIterator<Item = Entry>) {
        let from = self.entries.len();
        self.entries.extend(row);
        self.entries[from..].sort_unstable_by_key(|(column, _)| *column);
        self.ends.push(self.entries.len() as u32);
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// A row; empty where there is none.
    pub fn row(&self, row: usize) -> &[Entry] {
        let from = row
            .checked_sub(1)
            .map_or(0, |before| self.ends[before] as usize);
        let Some(to) = self.ends.get(row) else {
            return &[];
        };
        &self.entries[from..*to as usize]
    }

    /// The same entries by column, of which there are `columns`.
    pub fn transposed(&self, columns: usize) -> Self {
        let mut ends = vec![0_u32; columns];
        for (column, _) in &self.entries {
            ends[*column as usize] += 1;
        }
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum - *end;
        }
        let mut entries = vec![(0, 0.0); self.entries.len()];
        for row in 0..self.len() {
            for (column, weight) in self.row(row) {
                let place = &mut ends[*column as usize];
                entries[*place as usize] = (row as u32, *weight);
                *place += 1;
            }
        }
        Self { ends, entries }
    }

    /// Brings every row to length 1, so that the product of two is their cosine.
    pub fn normalize(&mut self) {
        let mut from = 0;
        for end in &self.ends {
            let row = &mut self.entries[from..*end as usize];
            let length = row
                .iter()
                .map(|(_, weight)| weight * weight)
                .sum::<f32>()
                .sqrt();
            if length > 0.0 {
                for (_, weight) in row {
                    *weight /= length;
                }
            }
            from = *end as usize;
        }
    }

    /// Multiplies every weight with that of its column.
    pub fn weigh(&mut self, columns: &[f32]) {
        for (column, weight) in &mut self.entries {
            *weight *= columns[*column as usize];
        }
    }

    /// In how many rows each of `columns` stands.
    pub fn column_counts(&self, columns: usize) -> Vec<u32> {
        let mut counts = vec![0; columns];
        for (column, _) in &self.entries {
            counts[*column as usize] += 1;
        }
        counts
    }
}

/// Sums of weights by column, cleared at the cost of what was added.
#[derive(Default)]
pub(super) struct Sums {
    sums: Vec<f32>,
    touched: Vec<u32>,
}

impl Sums {
    /// Makes room for `columns`.
    pub fn reserve(&mut self, columns: usize) {
        if self.sums.len() < columns {
            self.sums.resize(columns, 0.0);
        }
    }

    /// Adds to a column; weights are above 0.
    pub fn add(&mut self, column: u32, weight: f32) {
        let sum = &mut self.sums[column as usize];
        if *sum == 0.0 {
            self.touched.push(column);
        }
        *sum += weight;
    }

    /// Raises a column to a weight, if it is below.
    pub fn raise(&mut self, column: u32, weight: f32) {
        let sum = &mut self.sums[column as usize];
        if *sum == 0.0 {
            self.touched.push(column);
        }
        *sum = sum.max(weight);
    }

    /// Takes back what was added to a column; it may still be among those that are taken, with 0.
    pub fn clear(&mut self, column: u32) {
        self.sums[column as usize] = 0.0;
    }

    /// What was added to a column.
    pub fn get(&self, column: u32) -> f32 {
        self.sums[column as usize]
    }

    /// The columns that were added to with their sums, in no order; all are cleared.
    pub fn drain(&mut self) -> impl Iterator<Item = Entry> {
        let sums = &mut self.sums;
        self.touched.drain(..).map(move |column| {
            let sum = std::mem::take(&mut sums[column as usize]);
            (column, sum)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dense(matrix: &Sparse, columns: usize) -> Vec<Vec<f32>> {
        let row = |row| {
            let mut dense = vec![0.0; columns];
            for (column, weight) in matrix.row(row) {
                dense[*column as usize] = *weight;
            }
            dense
        };
        (0..matrix.len()).map(row).collect()
    }

    proptest! {
        #[test]
        fn transposing_turns_rows_into_columns(rows in proptest::collection::vec(proptest::collection::btree_map(0u32..9, 1u8..9, 0..6), 0..8)) {
            let mut matrix = Sparse::default();
            for row in &rows {
                matrix.push(row.iter().rev().map(|(column, weight)| (*column, f32::from(*weight))));
            }
            let turned = matrix.transposed(9);
            let (rows, columns) = (dense(&matrix, 9), dense(&turned, matrix.len()));
            prop_assert_eq!(turned.len(), 9);
            for (at, row) in rows.iter().enumerate() {
                for (column, weight) in row.iter().enumerate() {
                    prop_assert!((weight - columns[column][at]).abs() < 1e-6);
                }
            }
        }
    }

    #[test]
    fn sums_are_cleared_when_they_are_taken() {
        let mut sums = Sums::default();
        sums.reserve(3);
        sums.add(2, 1.0);
        sums.add(2, 2.0);
        sums.raise(0, 5.0);
        sums.raise(0, 4.0);
        assert!((sums.get(2) - 3.0).abs() < 1e-6);
        let mut taken: Vec<Entry> = sums.drain().collect();
        taken.sort_unstable_by_key(|(column, _)| *column);
        assert_eq!(taken, [(0, 5.0), (2, 3.0)]);
        assert_eq!(sums.drain().count(), 0);
        assert!(sums.get(0) < 1e-6);
    }
}
