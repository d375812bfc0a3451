;; A row of the table of states has 64 columns of 4 bytes, of which a search reads these: columns 4 to 7, at byte 16, with the
;; next state for each of the four bases, and column 40, at byte 160: how many markers end in this state.
(module
  (memory (export "memory") 1)

  ;; Moves the markers next to the next states, into the same cache line. The rows stay as wide as they were, so there is
  ;; still a line for each state.
  (func (export "count-markers")
    (param $states i32) (param $states_length i32) (param $bases i32) (param $bases_length i32) (result i64)
    (local $index i32) (local $row i32) (local $markers i64) (local $end i32)
    (local.set $row (local.get $states))
    (local.set $end (i32.add (local.get $states) (i32.shl (local.get $states_length) (i32.const 2))))
    (block $moved
      (loop $move
        (br_if $moved (i32.eq (local.get $row) (local.get $end)))
        (i32.store offset=32 (local.get $row) (i32.load offset=160 (local.get $row)))
        (local.set $row (i32.add (local.get $row) (i32.const 256)))
        (br $move)))
    (local.set $row (local.get $states))
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $index) (local.get $bases_length)))
        ;; The number that stands in this row for the base is that of the next row, 256 bytes each.
        (local.set $row (i32.add (local.get $states) (i32.shl
          (i32.load offset=16 (i32.add (local.get $row) (i32.shl
            (i32.load8_u (i32.add (local.get $bases) (local.get $index)))
            (i32.const 2))))
          (i32.const 8))))
        (local.set $markers (i64.add (local.get $markers) (i64.load32_u offset=32 (local.get $row))))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br $next)))
    (local.get $markers)))
