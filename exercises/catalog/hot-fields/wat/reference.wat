;; A row of the table of states has 64 columns of 4 bytes, of which a search reads these: columns 4 to 7, at byte 16, with the
;; next state for each of the four bases, and column 40, at byte 160: how many markers end in this state.
(module
  (import "lab" "allocate" (func $allocate (param $bytes i32) (param $alignment i32) (result i32)))
  (memory (export "memory") 1)

  ;; How many markers end in the states that the bases lead to, from the state 0 on. What a search reads is gathered first: six
  ;; states share a cache line.
  (func (export "count-markers")
    (param $states i32) (param $states_length i32) (param $bases i32) (param $bases_length i32) (result i64)
    (local $index i32) (local $row i32) (local $markers i64)
    (local $hot i32) (local $to i32) (local $end i32)
    ;; A state becomes 10 bytes: the four next states, and the markers, 16 bits each.
    (local.set $hot (call $allocate
      (i32.mul (i32.shr_u (local.get $states_length) (i32.const 6)) (i32.const 10))
      (i32.const 2)))
    (local.set $to (local.get $hot))
    (local.set $row (local.get $states))
    (local.set $end (i32.add (local.get $states) (i32.shl (local.get $states_length) (i32.const 2))))
    (block $gathered
      (loop $gather
        (br_if $gathered (i32.eq (local.get $row) (local.get $end)))
        (i32.store16 (local.get $to) (i32.load offset=16 (local.get $row)))
        (i32.store16 offset=2 (local.get $to) (i32.load offset=20 (local.get $row)))
        (i32.store16 offset=4 (local.get $to) (i32.load offset=24 (local.get $row)))
        (i32.store16 offset=6 (local.get $to) (i32.load offset=28 (local.get $row)))
        (i32.store16 offset=8 (local.get $to) (i32.load offset=160 (local.get $row)))
        (local.set $to (i32.add (local.get $to) (i32.const 10)))
        (local.set $row (i32.add (local.get $row) (i32.const 256)))
        (br $gather)))
    (local.set $row (local.get $hot))
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $index) (local.get $bases_length)))
        (local.set $row (i32.add (local.get $hot) (i32.mul
          (i32.load16_u (i32.add (local.get $row) (i32.shl
            (i32.load8_u (i32.add (local.get $bases) (local.get $index)))
            (i32.const 1))))
          (i32.const 10))))
        (local.set $markers (i64.add (local.get $markers) (i64.load16_u offset=8 (local.get $row))))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br $next)))
    (local.get $markers)))
