(module
  (import "lab" "allocate" (func $allocate (param $bytes i32) (param $alignment i32) (result i32)))
  (memory (export "memory") 1)

  ;; The cost of the route with this key. It takes its time: every step needs the one before.
  (func $route_cost (param $key i32) (result i64)
    (local $cost i64) (local $step i64)
    (local.set $cost (i64.add (i64.extend_i32_u (local.get $key)) (i64.const 1)))
    (loop $steps
      (local.set $cost (i64.xor (local.get $cost) (i64.shl (local.get $cost) (i64.const 13))))
      (local.set $cost (i64.xor (local.get $cost) (i64.shr_u (local.get $cost) (i64.const 7))))
      (local.set $cost (i64.xor (local.get $cost) (i64.shl (local.get $cost) (i64.const 17))))
      (local.set $cost (i64.add (local.get $cost) (local.get $step)))
      (local.set $step (i64.add (local.get $step) (i64.const 1)))
      (br_if $steps (i64.lt_u (local.get $step) (i64.const 1000))))
    (local.get $cost))

  ;; Answers the queries in order, and computes each cost once: a hash table with open addressing.
  (func (export "answer-all") (param $queries i32) (param $queries_length i32) (result i32)
    (local $result i32) (local $answers i32) (local $index i32) (local $key i32)
    (local $table i32) (local $capacity i32) (local $at i32) (local $place i32)
    ;; The list of answers: its address, and how many there are.
    (local.set $answers (call $allocate (i32.shl (local.get $queries_length) (i32.const 3)) (i32.const 8)))
    (local.set $result (call $allocate (i32.const 8) (i32.const 4)))
    (i32.store (local.get $result) (local.get $answers))
    (i32.store offset=4 (local.get $result) (local.get $queries_length))
    ;; Twice as many places as queries, so that a free one is near. A place is 16 bytes: whether it is taken, the key,
    ;; and the cost. Memory from $allocate was never used before, so it is all zeros.
    (local.set $capacity (i32.const 16))
    (loop $larger
      (if (i32.lt_u (local.get $capacity) (i32.shl (local.get $queries_length) (i32.const 1)))
        (then
          (local.set $capacity (i32.shl (local.get $capacity) (i32.const 1)))
          (br $larger))))
    (local.set $table (call $allocate (i32.shl (local.get $capacity) (i32.const 4)) (i32.const 8)))
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $index) (local.get $queries_length)))
        (local.set $key (i32.load (i32.add (local.get $queries) (i32.shl (local.get $index) (i32.const 2)))))
        ;; Fibonacci hashing: the high bits of the product depend on all bits of the key.
        (local.set $at (i32.wrap_i64 (i64.shr_u
          (i64.mul (i64.extend_i32_u (local.get $key)) (i64.const 0x9e3779b97f4a7c15))
          (i64.const 32))))
        (block $found
          (loop $probe
            (local.set $place (i32.add
              (local.get $table)
              (i32.shl
                (i32.and (local.get $at) (i32.sub (local.get $capacity) (i32.const 1)))
                (i32.const 4))))
            (if (i32.eqz (i32.load (local.get $place)))
              (then
                (i32.store (local.get $place) (i32.const 1))
                (i32.store offset=4 (local.get $place) (local.get $key))
                (i64.store offset=8 (local.get $place) (call $route_cost (local.get $key)))
                (br $found)))
            (br_if $found (i32.eq (i32.load offset=4 (local.get $place)) (local.get $key)))
            (local.set $at (i32.add (local.get $at) (i32.const 1)))
            (br $probe)))
        (i64.store
          (i32.add (local.get $answers) (i32.shl (local.get $index) (i32.const 3)))
          (i64.load offset=8 (local.get $place)))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br $next)))
    (local.get $result)))
