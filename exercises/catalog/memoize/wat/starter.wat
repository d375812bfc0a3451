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

  ;; Answers the queries in order.
  (func (export "answer-all") (param $queries i32) (param $queries_length i32) (result i32)
    (local $result i32) (local $answers i32) (local $index i32)
    ;; The list of answers: its address, and how many there are.
    (local.set $answers (call $allocate (i32.shl (local.get $queries_length) (i32.const 3)) (i32.const 8)))
    (local.set $result (call $allocate (i32.const 8) (i32.const 4)))
    (i32.store (local.get $result) (local.get $answers))
    (i32.store offset=4 (local.get $result) (local.get $queries_length))
    (block $done
      (loop $next
        (br_if $done (i32.eq (local.get $index) (local.get $queries_length)))
        (i64.store
          (i32.add (local.get $answers) (i32.shl (local.get $index) (i32.const 3)))
          (call $route_cost (i32.load (i32.add (local.get $queries) (i32.shl (local.get $index) (i32.const 2))))))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br $next)))
    (local.get $result)))
